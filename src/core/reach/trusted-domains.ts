import type { Ir } from '../ir/ir.ts';

/** Returns true if two meshes accept certificates of different trust domains, so that callers differ everywhere. */
export function trustedDomainsDiffer(before: Ir, after: Ir): boolean {
  return domainsOf(before) !== domainsOf(after);
}

function domainsOf({ trustDomain, certificates }: Ir): string {
  return JSON.stringify([
    trustDomain,
    ...certificates.federation.map(({ trustDomain: federated }) => federated).sort(),
  ]);
}
