import { defineMessages, finding } from '../../diagnostics/message.ts';
import { absoluteId } from '../../ir/link/names.ts';
import { itemsOf, locationOf } from '../../ir/link/spec-place.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Service } from '../../ir/service.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Principal } from '../../spec/types.gen.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2217: {
    severity: 'warning',
    text: '{service} shares its account with {others}, so this takes {others} as well',
    explanation:
      'A caller is known by the account of its certificate. Services with one `workload.serviceAccount` can’t be told apart. Give each service an account of its own, or name all of them here.',
  },
});

/** Reports callers in Access that stand for other services, too. */
export const accountOfSeveral: Analyzer = {
  name: 'account-of-several',
  description: 'Reports callers of an Access whose account other services have, too.',
  messages,
  analyze({ spec, ir }, report) {
    const byAccount = new Map<string, string[]>();
    for (const { id, workload } of Object.values(ir.services)) {
      const account = accountOf({ workload });
      byAccount.set(account, [...(byAccount.get(account) ?? []), id]);
    }
    if ([...byAccount.values()].every(({ length }) => length === 1)) return;
    for (const { namespace, from } of callersOf(spec)) {
      const named = from.map((one) => serviceIn(one, namespace));
      for (const [index, [, at]] of itemsOf(from).entries()) {
        const service = named[index] ?? '';
        const sharing = byAccount.get(accountOf(ir.services[service])) ?? [];
        const others = sharing.filter((one) => !named.includes(one)).join(', ');
        if (others !== '') report(finding(messages, 'MESH2217', locationOf(at), { service, others }));
      }
    }
  },
};

interface Callers {
  readonly namespace: string;
  readonly from: readonly Principal[];
}

/** Returns the callers that each rule lets in. */
function callersOf({ accesses }: Spec): readonly Callers[] {
  return accesses.flatMap(({ namespace, value }) =>
    (value.spec.rules ?? []).map(({ allow }) => ({ namespace, from: allow?.from ?? [] })),
  );
}

/** Returns the account of a service; an empty text, which no service has, without a service. */
function accountOf(service: Pick<Service, 'workload'> | undefined): string {
  return service === undefined ? '' : spiffeId(service.workload.principal);
}

function serviceIn(principal: Principal, namespace: string): string | undefined {
  const name = typeof principal === 'string' ? principal : principal.service;
  return name === undefined ? undefined : absoluteId(name, namespace);
}
