import type { PrincipalMatch } from '../../../ir/principal.ts';
import { present } from './wildcards.ts';

/**
 * Returns `principals` of a source: the caller's SPIFFE ID without its scheme. `namespaces` would take those of other
 * trust domains too. Returns undefined if any caller is meant, also without identity.
 */
export function principals(from: readonly PrincipalMatch[] | undefined): readonly string[] | undefined {
  if (from === undefined || from.some(({ type }) => type === 'anyone')) return undefined;
  return [...new Set(from.map(principal))];
}

function principal(match: PrincipalMatch): string {
  switch (match.type) {
    case 'spiffe':
      return match.id.slice('spiffe://'.length);
    case 'namespace':
      return `${match.trustDomain}/ns/${match.namespace}/sa/*`;
    case 'authenticated':
    case 'anyone':
      return present;
  }
}
