import type { PrincipalMatch } from '../../../ir/principal.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { Json } from '../../artifact.ts';

/** Returns a matcher of the identity of callers that have one. */
export function identity(match: Exclude<PrincipalMatch, { type: 'anyone' }>): Json {
  switch (match.type) {
    case 'authenticated':
      return { prefix: 'spiffe://' };
    case 'spiffe':
      return { exact: match.id };
    case 'namespace': {
      const start = `spiffe://${match.trustDomain}/ns/${match.namespace}/sa/`;
      return { safe_regex: { regex: `${quoteRegex(start)}[^/]*` } };
    }
  }
}

/**
 * Returns a set of callers as an RBAC principal. Envoy compares the identity of the verified certificate; a plain-text
 * caller, or one without a certificate, has no identity.
 */
export function principal(match: PrincipalMatch): Json {
  // Without a name Envoy would accept any TLS connection, including one without a certificate.
  return match.type === 'anyone' ? { any: true } : named(identity(match));
}

/** Returns a principal for callers whose certificate has an identity of this trust domain, perhaps among others. */
export function ofTrustDomain(trustDomain: string): Json {
  return named({ prefix: `spiffe://${trustDomain}/` });
}

function named(name: Json): Json {
  return { authenticated: { principal_name: name } };
}
