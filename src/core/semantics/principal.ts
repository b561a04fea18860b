import type { Ir } from '../ir/ir.ts';
import type { PrincipalMatch } from '../ir/principal.ts';

/**
 * Returns true if a set of callers includes the caller with this verified SPIFFE ID; undefined is a caller without
 * identity.
 */
export function takesPrincipal(match: PrincipalMatch, identity: string | undefined): boolean {
  switch (match.type) {
    case 'anyone':
      return true;
    case 'authenticated':
      return identity !== undefined;
    case 'spiffe':
      return identity === match.id;
    case 'namespace':
      return identity !== undefined && namespaceOf(identity, match.trustDomain) === match.namespace;
  }
}

/** Returns true if a certificate with this SPIFFE ID can be verified: its trust domain is ours or federated. */
export function isVerifiable(ir: Ir, identity: string): boolean {
  const domain = trustDomain(identity);
  return (
    domain !== undefined &&
    (domain === ir.trustDomain || ir.certificates.federation.some((other) => other.trustDomain === domain))
  );
}

const scheme = 'spiffe://';

function trustDomain(identity: string): string | undefined {
  return identity.startsWith(scheme) ? identity.slice(scheme.length).split('/', 1)[0] : undefined;
}

/** Returns the namespace in `spiffe://<trust domain>/ns/<namespace>/sa/<account>`. */
function namespaceOf(identity: string, domain: string): string | undefined {
  const [ns, namespace, sa, account, ...more] = identity.slice(scheme.length + domain.length + 1).split('/');
  const ours = trustDomain(identity) === domain && ns === 'ns' && sa === 'sa';
  return ours && account !== undefined && more.length === 0 ? namespace : undefined;
}
