import type { CallerMatch } from '../../../ir/access.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import type { PolicyRule } from '../crds/parts.ts';
import type { Effect } from './expressible-values.ts';
import { present } from './wildcards.ts';

/** One alternative of a policy's `from`. */
export type Source = NonNullable<NonNullable<PolicyRule['from']>[number]['source']>;

/**
 * Returns the sources of a rule: an empty list if no caller matches, undefined if any caller matches, even without an
 * identity. If addresses aren't known, a range lets nobody in, and a deny rule with a range refuses every caller.
 */
export function sources(
  from: readonly CallerMatch[] | undefined,
  effect: Effect,
  knowsAddresses: boolean,
): readonly Source[] | undefined {
  const ranges = (from ?? []).flatMap((match) => (match.type === 'address' ? [match.range] : []));
  const named = principals(from?.filter((match) => match.type !== 'address'));
  if (named === undefined || (ranges.length > 0 && !knowsAddresses && effect === 'deny')) return undefined;
  return [
    ...(named.length > 0 ? [{ principals: named }] : []),
    ...(ranges.length > 0 && knowsAddresses ? [{ remoteIpBlocks: ranges }] : []),
  ];
}

/**
 * Returns `principals` of a source: the caller's SPIFFE ID without its scheme. (`namespaces` would also match other
 * trust domains.) Returns undefined if any caller is meant, even one without an identity.
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
