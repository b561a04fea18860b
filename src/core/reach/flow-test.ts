import type { Flow, FlowTarget } from '../ir/guardrail.ts';
import type { Ir } from '../ir/ir.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { pathMatches } from '../ir/string-match.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { own } from '../lib/own.ts';
import type { Outcome, Share } from '../semantics/outcome.ts';
import { carriesRequests } from '../semantics/port.ts';
import { isVerifiable, takesPrincipal } from '../semantics/principal.ts';
import type { CallerClass } from './callers.ts';
import type { Compiled } from './compiled.ts';
import { all, any } from './condition.ts';
import type { Node } from './diagram.ts';
import type { Destination } from './entries.ts';
import type { Case } from './grouped-cases.ts';
import { asSent, type ReceivedPath } from './language/path-test.ts';
import { methodCondition, pathCondition } from './meaning/conditions.ts';
import { isFailure } from './meaning/labels.ts';
import { branch, type Label, type Meaning } from './meaning.ts';

/** `never`: none of the callers get through; `only`: none but they do; `must`: all of them do. */
export type FlowRule = 'never' | 'only' | 'must';

/** The path that a server receives: a part of the path as sent, or a constant. */
export type PathForm = ReceivedPath | string;

/** The question that a flow asks of each request to a destination. */
export class FlowTest {
  private readonly ir: Ir;
  private readonly rule: FlowRule;
  private readonly to: ServiceId;
  private readonly target: FlowTarget;
  /** The ports of the target that the flow is about. */
  private readonly ports: ReadonlySet<string>;

  constructor(ir: Ir, rule: FlowRule, to: ServiceId, target: FlowTarget) {
    this.ir = ir;
    this.rule = rule;
    this.to = to;
    this.target = target;
    const isAboutRequests = target.methods !== undefined || target.paths !== undefined;
    this.ports = new Set(
      (own(ir.services, to) ?? own(ir.externals, to))?.ports
        .filter((port) => !isAboutRequests || carriesRequests(port))
        .map(({ name }) => name)
        .filter((name) => target.ports?.includes(name) !== false),
    );
  }

  /** Returns true if requests of these callers can break the flow. */
  static concerns(
    ir: Ir,
    rule: FlowRule,
    from: Flow['from'],
    { from: caller, hasProxy }: CallerClass,
  ): boolean {
    const sent = caller.type === 'spiffe' ? caller.id : undefined;
    const verified = sent !== undefined && isVerifiable(ir, sent) ? sent : undefined;
    const takes = (identity: string | undefined): boolean =>
      from.some((one) => takesPrincipal(one, identity));
    if (rule === 'only') return !takes(verified);
    if (rule === 'never') return takes(sent) || takes(verified);
    // A namespace is its services: an account that no workload has needs no access.
    return from.some((one) => takesPrincipal(one, verified) && (one.type !== 'namespace' || hasProxy));
  }

  /** Returns the entries at which requests are asked: for `must`, not those with hosts of others. */
  entriesOf({ kind, id, port, entries }: Destination): Destination['entries'] {
    if (this.rule !== 'must') return entries;
    if (!this.ports.has(port)) return [];
    if (kind !== 'service') return entries;
    const [namespace = '', name = ''] = id.split('/');
    const names = new Set([name, `${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`]);
    return entries.filter(
      ({ host, sni }) => sni === undefined && (host === undefined || names.has(host.replace(/:\d+$/, ''))),
    );
  }

  /** Returns true if a case is asked: for `must`, the short name of a service is its name for its namespace alone. */
  isAsked({ kind, id }: Destination, { caller: { from }, entry: { host } }: Case): boolean {
    const namespace = id.slice(0, id.indexOf('/'));
    if (this.rule !== 'must' || kind !== 'service' || host === undefined || host.includes('.')) return true;
    const { trustDomain } = this.ir;
    return from.type === 'spiffe' && takesPrincipal({ type: 'namespace', trustDomain, namespace }, from.id);
  }

  /** Returns the forms of the path that a server receives, if the flow asks for more than the path as sent. */
  pathForms({ labels }: Compiled): readonly PathForm[] {
    const forms = new Map<string, PathForm>([[asSentKey, asSent]]);
    for (const label of labels) {
      const path = receivedPath(label);
      forms.set(canonicalJson(path), path);
    }
    return [...forms.values()];
  }

  /** True if the path that arrives decides: `must` is about paths as callers send them. */
  get readsReceivedPath(): boolean {
    return this.rule !== 'must' && this.target.paths !== undefined;
  }

  /** Returns the condition of the flow for requests with this form of the path, as a meaning. */
  condition(path: PathForm): Meaning {
    const { methods, paths } = this.target;
    const when = all([
      methodCondition(methods),
      paths === undefined || any(paths.map((match) => pathCondition(match, { path }))),
    ]);
    return branch(
      when,
      () => ({ label: isMeant }),
      () => ({ label: isOther }),
    );
  }

  /**
   * Returns the function that is 1 for requests that break the flow and 0 for others. `conditions` are the compiled
   * conditions of the flow, by the form of the path.
   */
  broken(
    { diagram, labels }: Compiled,
    node: Node,
    conditions: readonly (readonly [PathForm, Node])[],
  ): Node {
    const breaks = labels.map((label) => this.isBroken(label));
    const keys = this.readsReceivedPath
      ? labels.map((label) => canonicalJson(receivedPath(label)))
      : undefined;
    return conditions.reduce<Node>((sum, [form, condition]) => {
      const key = canonicalJson(form);
      const one = diagram.merge(node, condition, (label, meant) =>
        labels[meant] === isMeant && breaks[label] === true && (keys === undefined || keys[label] === key)
          ? 1
          : 0,
      );
      return diagram.merge(sum, one, Math.max);
    }, diagram.leaf(0));
  }

  /** Returns true if an outcome breaks the flow, as `decide` decides. */
  isBrokenBy(outcome: Outcome): boolean {
    if (!this.isBroken(outcome)) return false;
    const { paths } = this.target;
    if (!this.readsReceivedPath || paths === undefined || outcome.outcome !== 'forwarded') return true;
    const path = outcome.rewritten.path.replace(/\?.*$/, '');
    return paths.some((match) => pathMatches(match, path));
  }

  private isBroken(label: Label): boolean {
    if (this.rule === 'must') {
      if (!isFailure(label)) return 'refusedShare' in label && label.refusedShare !== undefined;
      return !(label.outcome === 'refused' && label.status === 400);
    }
    const { outcome, backends = [] } = label as { outcome?: unknown; backends?: readonly Share[] };
    if (outcome !== 'forwarded') return false;
    return backends.some(
      ({ service, port, share }) => service === this.to && share > 0 && this.ports.has(port ?? ''),
    );
  }
}

const isMeant = { meant: true };
const isOther = { meant: false };
const asSentKey = canonicalJson(asSent);

/** Returns the path that a server receives by a label; that of a request without a Route is as sent. */
function receivedPath(label: Label): PathForm {
  return (label as { rewritten?: { path: PathForm } }).rewritten?.path ?? asSent;
}
