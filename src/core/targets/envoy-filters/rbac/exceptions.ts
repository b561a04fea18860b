import type { AccessException, CallerMatch } from '../../../ir/access.ts';
import type { Json } from '../../artifact.ts';
import { any } from './combine.ts';
import { permission } from './permissions.ts';

/**
 * Returns a principal limited to calls that fit no exception. Envoy checks permissions and principals separately, and
 * an exception may have conditions on both, so the whole exception becomes a principal. `isFor` returns true for
 * operations that may fit here, `caller` returns callers as principals.
 */
export function butFor(
  match: Json,
  exceptions: readonly AccessException[] | undefined,
  isFor: (operation: NonNullable<AccessException['to']>[number]) => boolean,
  caller: (match: CallerMatch) => Json,
): Json {
  const ids = (exceptions ?? []).flatMap(({ from, to }) => {
    const operations = to?.filter(isFor);
    if (operations?.length === 0) return [];
    const parts = [
      ...(from ? [either(from.map(caller))] : []),
      ...(operations ? [asPrincipal(any(operations.map(permission)))] : []),
    ];
    return [parts.length === 1 ? (parts[0] ?? {}) : { and_ids: { ids: parts } }];
  });
  return ids.length === 0 ? match : { and_ids: { ids: [match, { not_id: either(ids) }] } };
}

function either(ids: readonly Json[]): Json {
  return ids.length === 1 ? (ids[0] ?? {}) : { or_ids: { ids } };
}

/** Returns a principal with the same meaning as a permission. */
function asPrincipal(rule: Json): Json {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return rule;
  const { and_rules, or_rules, not_rule } = rule as { readonly [key: string]: Json };
  if (and_rules !== undefined) return { and_ids: { ids: rulesOf(and_rules) } };
  if (or_rules !== undefined) return { or_ids: { ids: rulesOf(or_rules) } };
  return not_rule === undefined ? rule : { not_id: asPrincipal(not_rule) };
}

function rulesOf(group: Json): readonly Json[] {
  return (group as { readonly rules: readonly Json[] }).rules.map(asPrincipal);
}
