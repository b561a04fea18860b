import type { Diagnostic, Related } from '../../diagnostics/diagnostic.ts';
import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Flow, Guardrail, Waiver } from '../../ir/guardrail.ts';
import type { Ir } from '../../ir/ir.ts';
import { idOf } from '../../ir/link/names.ts';
import type { ServiceId } from '../../ir/service-id.ts';
import { type AskedFlow, accountsOf, type FlowBreach, FlowBreaches } from '../../reach/flow-breaches.ts';
import type { FlowRule } from '../../reach/flow-test.ts';
import { requestJson } from '../../reach/request-json.ts';
import { requestWords } from '../../reach/request-words.ts';
import type { Outcome } from '../../semantics/outcome.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Analyzer } from '../analyzer.ts';
import { wholeName } from '../validations/cel-values.ts';
import { Validations, validationMessages } from '../validations/report-validations.ts';
import type { AnyDocument } from '../validations/resolved-document.ts';

const messages = defineMessages({
  ...validationMessages,
  MESH3100: {
    severity: 'error',
    text: '{callers} to {to}, which the Guardrail {name} forbids (`never`): {request}',
    explanation:
      'A flow under `never` of a Guardrail does not exist: no request of its callers is forwarded to its targets, by whichever Route. The finding shows one request that is, and the lines that decide it. Close the Access (or change the Route) that lets it pass, or let the service off for a time with a waiver.',
  },
  MESH3101: {
    severity: 'error',
    text: '{callers} to {to}, and the Guardrail {name} lets only others through (`only`): {request}',
    explanation:
      'Under `only`, a Guardrail names all callers whose requests are forwarded to its targets, by whichever Route. The finding shows a request of another caller that is forwarded, and the lines that decide it. Close the Access (or change the Route) that lets it pass, add the caller to `from`, or let the service off for a time with a waiver.',
  },
  MESH3102: {
    severity: 'error',
    text: '{callers} not get through to {to}, as the Guardrail {name} demands (`must`): {request} is {answer}',
    explanation:
      'Under `must`, a Guardrail names callers of whom no request to its targets is refused or unroutable, whatever headers and tokens it carries. A `namespace` stands for its services. The finding shows one request that fails, and the lines that decide it. Open the Access, narrow the flow (`ports`, `methods`, `paths`), or let the service off for a time with a waiver.',
  },
  MESH3103: {
    severity: 'error',
    text: 'it is not proved that the Guardrail {name} holds for {to} (`{rule}`): {why}',
    explanation:
      'A guardrail holds only if it is proved for every request. Here the proof was given up, for the reason that the message gives: the rules may keep the guardrail, and nothing shows that they do. Make the rules of the service simpler (fewer regular expressions and headers in them), narrow the flow, or let the service off for a time with a waiver.',
  },
  MESH3104: {
    severity: 'warning',
    text: 'the waiver for {service} expired on {expires}',
    explanation:
      'A waiver lets a service off until the end of the day that it names. After it the guardrail holds for the service again. Take the waiver out, or give it a later day and say why.',
    insuppressible: true,
  },
  MESH3105: {
    severity: 'warning',
    text: 'the waiver for {service} has no effect: nothing of this Guardrail fails for the service',
    explanation:
      'A waiver lets a service off that breaks a guardrail. This one would only let a fault pass that somebody makes later. Take it out.',
  },
});

/** Proves the flows of Guardrails, and evaluates their validations. */
export const guardrail: Analyzer = {
  name: 'guardrail',
  description:
    'Proves for every request that the flows of Guardrails hold, asks their validations of each document, and reports waivers that have expired or have no effect.',
  messages,
  isProof: true,
  analyze({ spec, ir, today }, report) {
    const { guardrails = [] } = ir;
    if (guardrails.length === 0) return;
    const check: Check = {
      spec,
      ir,
      breaches: new FlowBreaches(ir),
      validations: new Validations({ spec, ir }),
      report,
    };
    for (const one of guardrails) {
      const waivers = new InForce(ir, one, today);
      checkFlows(one, waivers, check);
      checkValidations(one, waivers, check);
      waivers.reportIdle(report);
    }
  },
};

/** The mesh under test and the proofs that all Guardrails share. */
interface Check {
  readonly spec: Spec;
  readonly ir: Ir;
  readonly breaches: FlowBreaches;
  readonly validations: Validations;
  readonly report: Report;
}

/** The waivers of one Guardrail that haven't expired. */
class InForce {
  /** SPIFFE IDs of services that waivers let off. */
  readonly accounts: readonly string[];
  private readonly ofWaiver: ReadonlyMap<Waiver, readonly string[]>;
  private readonly used = new Set<Waiver>();
  private readonly all: readonly Waiver[];
  private readonly today: string;

  constructor(ir: Ir, { waivers }: Guardrail, today: string) {
    this.all = waivers;
    this.today = today;
    const inForce = waivers.filter(({ expires }) => expires >= today);
    this.ofWaiver = new Map(inForce.map((waiver) => [waiver, accountsOf(ir, [waiver.service])]));
    this.accounts = [...this.ofWaiver.values()].flat();
  }

  /** Returns true if waivers let a service or the caller with an account off, and notes that they are of use. */
  letOff(service: ServiceId | undefined, identity?: string): boolean {
    const fitting = [...this.ofWaiver].filter(
      ([waiver, accounts]) =>
        waiver.service === service || (identity !== undefined && accounts.includes(identity)),
    );
    for (const [waiver] of fitting) this.used.add(waiver);
    return fitting.length > 0;
  }

  /** Reports waivers that have expired, and those that let nothing off. */
  reportIdle(report: Report): void {
    for (const waiver of this.all) {
      const { location, service, expires } = waiver;
      if (expires < this.today) report(finding(messages, 'MESH3104', location, { service, expires }));
      else if (!this.used.has(waiver)) report(finding(messages, 'MESH3105', location, { service }));
    }
  }
}

function checkFlows(one: Guardrail, waivers: InForce, { breaches, report }: Check): void {
  for (const { rule, from, target } of askedFlows(one)) {
    const breaking = [...breaches.of({ rule, from, target, apart: waivers.accounts })].filter(
      (breach) => !waivers.letOff(breach.to, 'identity' in breach ? breach.identity : undefined),
    );
    for (const to of new Set(breaking.map((breach) => breach.to))) {
      const own = breaking.filter((breach) => breach.to === to);
      for (const found of findingsOf(one, rule, target, own)) report({ ...found, severity: one.severity });
    }
  }
}

function checkValidations({ name }: Guardrail, waivers: InForce, { spec, validations, report }: Check): void {
  const document = spec.guardrails.find((one) => one.name === name);
  if (document !== undefined)
    validations.check(document, (about) => waivers.letOff(serviceOf(about)), report);
}

/** Returns the Service or External that a document is about, if it is about one. */
function serviceOf(document: AnyDocument): ServiceId | undefined {
  if (document.kind === 'Service' || document.kind === 'External') return idOf(document);
  const { service } = document.value.spec as { readonly service?: unknown };
  return typeof service === 'string' ? wholeName(service, document.namespace) : undefined;
}

function askedFlows(one: Guardrail): readonly Omit<AskedFlow, 'apart'>[] {
  return (['never', 'only', 'must'] as const).flatMap((rule) =>
    one[rule].flatMap(({ from, to }) => to.map((target) => ({ rule, from, target }))),
  );
}

/** Returns one finding for all callers that break a flow to one service, and one for what isn't proved. */
function findingsOf(
  { name }: Guardrail,
  rule: FlowRule,
  { location }: Flow['to'][number],
  breaches: readonly FlowBreach[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const unproved = breaches.find((one) => 'unproved' in one);
  if (unproved !== undefined)
    found.push(
      finding(messages, 'MESH3103', location, { name, to: unproved.to, rule, why: unproved.unproved }),
    );
  const broken = breaches.filter((one) => 'request' in one);
  const [first] = broken;
  if (first === undefined) return found;
  const { to, outcome } = first;
  const names = [...new Set(broken.map(({ from }) => from))];
  const request = requestWords(requestJson(first.request));
  const details = { related: relatedOf(outcome) };
  if (rule === 'must') {
    const values = { callers: `${listed(names)} ${names.length > 1 ? 'do' : 'does'}`, to, name, request };
    found.push(finding(messages, 'MESH3102', location, { ...values, answer: answerOf(outcome) }, details));
    return found;
  }
  const callers = `${listed(names)} ${names.length > 1 ? 'get' : 'gets'} through`;
  const code = rule === 'never' ? 'MESH3100' : 'MESH3101';
  found.push(finding(messages, code, location, { callers, to, name, request }, details));
  return found;
}

function listed(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${String(names.length - 3)} others`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function answerOf(outcome: Outcome): string {
  const status = 'status' in outcome ? String(outcome.status) : '';
  if (outcome.outcome === 'forwarded') return 'refused in part';
  return status === '0' ? `${outcome.outcome} (the connection is closed)` : `${outcome.outcome} (${status})`;
}

function relatedOf({ decidedBy }: Outcome): readonly Related[] {
  return decidedBy.map(({ file, line, column, what }) => ({
    location: { file, range: { start: { line, column }, end: { line, column } } },
    message: what,
  }));
}
