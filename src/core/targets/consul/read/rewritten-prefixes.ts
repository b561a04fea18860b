import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { RouteRule } from '../../../spec/types.gen.ts';

/**
 * Returns rules in which a path and what is below it, each with the rewrite of the same prefix, are one rule by path elements:
 * Consul exchanges exactly the characters that a route names.
 */
export function withElements(rules: readonly RouteRule[]): readonly RouteRule[] {
  return rules.reduce<readonly RouteRule[]>((all, rule) => {
    const before = all.at(-1);
    const both = before === undefined ? undefined : joined(before, rule);
    return both === undefined ? [...all, rule] : [...all.slice(0, -1), both];
  }, []);
}

function joined(one: RouteRule, other: RouteRule): RouteRule | undefined {
  const [first, second] = [one.match?.[0], other.match?.[0]];
  const path = first?.path?.exact;
  const full = one.rewrite?.path?.replaceFull;
  const prefix = other.rewrite?.path?.replacePrefix;
  if (path === undefined || full === undefined || second?.path?.startsWith !== `${path}/`) return undefined;
  if (prefix !== (full === '/' ? '/' : `${full}/`) || one.match?.length !== 1 || other.match?.length !== 1)
    return undefined;
  const both: RouteRule = {
    ...one,
    match: [{ ...first, path: { prefix: path } }],
    rewrite: { ...one.rewrite, path: { replacePrefix: full } },
  };
  const same: RouteRule = {
    ...other,
    match: [{ ...second, path: { prefix: path } }],
    rewrite: { ...other.rewrite, path: { replacePrefix: full } },
  };
  return isSameJson(both as unknown as Json, same as unknown as Json) ? both : undefined;
}
