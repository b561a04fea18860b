import type { PrincipalMatch } from '../../../ir/principal.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { Json } from '../../artifact.ts';

/** Matcher of the identity of a set of callers that have one. */
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
 * A set of callers as an RBAC principal. Envoy compares with what the verified certificate says; a caller in plain
 * text or without certificate has no identity.
 */
export function principal(match: PrincipalMatch): Json {
  // Without a name Envoy would take any TLS connection, also one without certificate.
  return match.type === 'anyone' ? { any: true } : named(identity(match));
}

/** A caller whose certificate carries an identity of this trust domain, whatever else it carries. */
export function ofTrustDomain(trustDomain: string): Json {
  return named({ prefix: `spiffe://${trustDomain}/` });
}

function named(name: Json): Json {
  return { authenticated: { principal_name: name } };
}
