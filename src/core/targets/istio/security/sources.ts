import type { CallerMatch } from '../../../ir/access.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import type { PolicyRule } from '../crds/parts.ts';
import type { Effect } from './said.ts';
import { present } from './wildcards.ts';

/** One alternative of `from`. */
export type Source = NonNullable<NonNullable<PolicyRule['from']>[number]['source']>;

/**
 * Sources of a rule; none at all if it takes nobody, undefined where anyone is meant, also without identity. Where addresses
 * aren't known one lets nobody in, and a rule that refuses some refuses all.
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
