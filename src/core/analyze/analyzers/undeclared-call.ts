import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import { itemsOf, keyLocationOf, locationOf, type SpecPlace } from '../../ir/link/spec-place.ts';
import { spiffeId } from '../../ir/principal.ts';
import { takesPrincipal } from '../../semantics/principal.ts';
import { absoluteId } from '../../spec/absolute-id.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { AccessDocument, Principal, ServiceDocument } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2220: {
    severity: 'warning',
    text: '{caller} may call {callee} here, and does not declare that it does',
    explanation:
      'A Service with `calls` is guaranteed to know only these: a call that is not declared may or may not work. Add it to `calls`, or take the caller out of the Access.',
  },
  MESH2221: {
    severity: 'warning',
    text: '{caller} declares that it calls {callee}, whose `from` does not take it',
    explanation:
      'The hosts of an External are unknown to callers that are not in its `from`. Add the caller to `from`, or take the call out.',
  },
});

/**
 * Reports callers that an Access allows but that don't declare the call, and declared calls that an External refuses.
 */
export const undeclaredCall: Analyzer = {
  name: 'undeclared-call',
  description:
    'Reports callers that an Access lets in and that do not declare the call, and calls to Externals that are for others.',
  messages,
  analyze({ spec, ir }, report) {
    const services = new Map(
      spec.services.map((service) => [`${service.namespace}/${service.name}`, service]),
    );
    const accounts = accountsOf(ir);
    for (const access of spec.accesses) checkAccess(ir, { services, accounts }, access, report);
    for (const service of spec.services) checkExternals(ir, service, report);
  },
};

interface Known {
  /** Documents by id. */
  readonly services: ReadonlyMap<string, SpecObject<ServiceDocument>>;
  readonly accounts: Accounts;
}

function checkAccess(
  ir: Ir,
  { services, accounts }: Known,
  access: SpecObject<AccessDocument>,
  report: Report,
): void {
  const { service, rules } = access.value.spec;
  if (service === undefined || service === '*') return;
  const callee = absoluteId(service, access.namespace);
  if (ir.services[callee] === undefined) return;
  for (const { allow } of rules ?? []) {
    for (const [principal, at] of itemsOf(allow?.from)) {
      const written = callersOf(principal, at, access.namespace, accounts);
      // Several services may share an account: one that may call is enough.
      const [first, ...more] = written.ids.filter((id) => ir.services[id] !== undefined);
      if (first === undefined || [first, ...more].some((id) => knows(ir, id, callee))) continue;
      const caller = services.get(first);
      const related =
        caller === undefined
          ? []
          : [
              {
                location: keyLocationOf({ container: caller.value.spec, key: 'calls' }),
                message: 'the calls that it declares',
              },
            ];
      report(finding(messages, 'MESH2220', locationOf(written.at), { caller: first, callee }, { related }));
    }
  }
}

/**
 * Returns true if the caller's document allows the call: it declares calls to the callee, or it declares no calls at
 * all.
 */
function knows(ir: Ir, caller: string, callee: string): boolean {
  const calls = ir.services[caller]?.calls;
  return calls === undefined || calls.some((call) => call.service === callee);
}

/** Ids of the services that run under each account, `namespace/name`. */
type Accounts = ReadonlyMap<string, readonly string[]>;

function accountsOf({ services }: Ir): Accounts {
  const accounts = new Map<string, string[]>();
  for (const { id, workload } of Object.values(services)) {
    const { namespace, serviceAccount } = workload.principal;
    const account = `${namespace}/${serviceAccount}`;
    const known = accounts.get(account);
    if (known === undefined) accounts.set(account, [id]);
    else known.push(id);
  }
  return accounts;
}

function callersOf(
  principal: Principal,
  at: SpecPlace,
  namespace: string,
  accounts: Accounts,
): { readonly ids: readonly string[]; readonly at: SpecPlace } {
  if (typeof principal === 'string') return { ids: [absoluteId(principal, namespace)], at };
  const { service, serviceAccount } = principal;
  if (service !== undefined)
    return { ids: [absoluteId(service, namespace)], at: { container: principal, key: 'service' } };
  if (serviceAccount === undefined) return { ids: [], at };
  const ids = accounts.get(absoluteId(serviceAccount, namespace)) ?? [];
  return { ids, at: { container: principal, key: 'serviceAccount' } };
}

function checkExternals(ir: Ir, service: SpecObject<ServiceDocument>, report: Report): void {
  const caller = ir.services[`${service.namespace}/${service.name}`];
  for (const [call, at] of itemsOf(service.value.spec.calls)) {
    const callee = absoluteId(typeof call === 'string' ? call : call.service, service.namespace);
    const external = ir.externals[callee];
    if (caller === undefined || external?.from === undefined) continue;
    const identity = spiffeId(caller.workload.principal);
    if (external.from.some((match) => takesPrincipal(match, identity))) continue;
    report(finding(messages, 'MESH2221', locationOf(at), { caller: caller.id, callee }));
  }
}
