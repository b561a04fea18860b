import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { PathMatch, RouteRule } from '../../../spec/types.gen.ts';

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
  const path = onlyPath(one)?.exact;
  const full = one.rewrite?.path?.replaceFull;
  if (path === undefined || full === undefined || onlyPath(other)?.startsWith !== `${path}/`)
    return undefined;
  if (other.rewrite?.path?.replacePrefix !== (full === '/' ? '/' : `${full}/`)) return undefined;
  const [both, same] = [byElements(one, path, full), byElements(other, path, full)];
  return isSameJson(both as unknown as Json, same as unknown as Json) ? both : undefined;
}

/** Returns the path of a rule with one match. */
function onlyPath({ match = [] }: RouteRule): PathMatch | undefined {
  return match.length === 1 ? match[0]?.path : undefined;
}

function byElements(rule: RouteRule, prefix: string, replacePrefix: string): RouteRule {
  return {
    ...rule,
    match: [{ ...rule.match?.[0], path: { prefix } }],
    rewrite: { ...rule.rewrite, path: { replacePrefix } },
  };
}
