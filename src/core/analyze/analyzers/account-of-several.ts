import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import { itemsOf, locationOf } from '../../ir/link/spec-place.ts';
import { spiffeId } from '../../ir/principal.ts';
import { absoluteId } from '../../spec/absolute-id.ts';
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
      const account = spiffeId(workload.principal);
      const same = byAccount.get(account);
      if (same === undefined) byAccount.set(account, [id]);
      else same.push(id);
    }
    if ([...byAccount.values()].every(({ length }) => length === 1)) return;
    for (const { namespace, value } of spec.accesses)
      for (const { allow } of value.spec.rules ?? [])
        checkCallers(allow?.from ?? [], namespace, { ir, byAccount, report });
  },
};

interface Check {
  readonly ir: Ir;
  readonly byAccount: ReadonlyMap<string, readonly string[]>;
  readonly report: Report;
}

function checkCallers(from: readonly Principal[], namespace: string, { ir, byAccount, report }: Check): void {
  const named = from.map((one) => serviceIn(one, namespace));
  for (const [index, [, at]] of itemsOf(from).entries()) {
    const id = named[index];
    const service = id === undefined ? undefined : ir.services[id];
    if (id === undefined || service === undefined) continue;
    const sharing = byAccount.get(spiffeId(service.workload.principal)) ?? [];
    const others = listed(sharing.filter((one) => !named.includes(one)));
    if (others !== '') report(finding(messages, 'MESH2217', locationOf(at), { service: id, others }));
  }
}

/** The most services that a message names. */
const most = 3;

function listed(ids: readonly string[]): string {
  const rest = ids.length - most;
  return rest > 0 ? `${ids.slice(0, most).join(', ')} and ${String(rest)} more` : ids.join(', ');
}

function serviceIn(principal: Principal, namespace: string): string | undefined {
  const name = typeof principal === 'string' ? principal : principal.service;
  return name === undefined ? undefined : absoluteId(name, namespace);
}
