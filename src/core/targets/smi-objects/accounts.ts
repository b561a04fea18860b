import type { CallerMatch } from '../../ir/access.ts';
import type { Ir } from '../../ir/ir.ts';
import { type Principal, spiffeId } from '../../ir/principal.ts';
import type { MtlsMode } from '../../ir/service.ts';

/** Accounts of callers by SPIFFE ID. */
export type Accounts = ReadonlyMap<string, Principal>;

/** Returns the accounts of the mesh's own trust domain that its documents name, in order of their SPIFFE IDs. */
export function knownAccounts({ services, gateways, trustDomain }: Ir): Accounts {
  const workloads = [...Object.values(services), ...Object.values(gateways)].map(
    ({ workload }) => workload.principal,
  );
  const named = [...Object.values(services)].flatMap(({ access }) =>
    [...access.allow, ...access.deny].flatMap(({ from = [] }) =>
      from.flatMap((match) => (match.type === 'spiffe' ? (principalOf(match.id) ?? []) : [])),
    ),
  );
  const own = [...workloads, ...named].filter((principal) => principal.trustDomain === trustDomain);
  const sorted = own
    .map((principal) => [spiffeId(principal), principal] as const)
    .sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  return new Map(sorted);
}

/** Returns the account of a SPIFFE ID of the form `spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT`. */
function principalOf(id: string): Principal | undefined {
  const [, trustDomain, namespace, serviceAccount] =
    /^spiffe:\/\/([^/]+)\/ns\/([a-z0-9-]+)\/sa\/([a-z0-9][a-z0-9.-]*)$/.exec(id) ?? [];
  if (trustDomain === undefined || namespace === undefined || serviceAccount === undefined) return undefined;
  return { trustDomain, namespace, serviceAccount };
}

/** Returns true if an entry of a list of callers contains an account, for the mTLS of a port. */
export function isCaller(match: CallerMatch, account: Principal, mode: MtlsMode): boolean {
  switch (match.type) {
    case 'anyone':
      return true;
    case 'address':
      return false;
    case 'authenticated':
      return mode !== 'disabled';
    case 'namespace':
      return (
        mode !== 'disabled' &&
        match.trustDomain === account.trustDomain &&
        match.namespace === account.namespace
      );
    case 'spiffe':
      return mode !== 'disabled' && match.id === spiffeId(account);
  }
}

/** Returns true if the accounts of the mesh are all callers of the entry. */
export function isNamed(match: CallerMatch, accounts: Accounts): boolean {
  return match.type === 'spiffe' && accounts.has(match.id);
}
