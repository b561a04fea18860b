import type { Field } from '../../../import/field.ts';
import type { RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import type { ReadMatch } from './http-match.ts';

/** A rule with the port and the gateways that it is limited to; a native rule becomes one or more of these. */
export interface ReadRule {
  readonly rule: RouteRule;
  readonly port?: number;
  readonly gateways?: readonly string[];
  /** The name of the Route, where the native rule is named `ROUTE/RULE`. */
  readonly route?: string;
  /** The native rule, if it leads to no known destination: its connections fail. */
  readonly nowhere?: Field;
}

/** Returns rules for matches: one for each port and each list of gateways. */
export function withMatches(
  matches: readonly ReadMatch[] | undefined,
  rule: (match: ReadMatch | undefined) => RouteRule,
): readonly ReadRule[] {
  if (matches === undefined) return [{ rule: rule(undefined) }];
  return grouped(matches, ({ gateways, port }) => JSON.stringify([gateways, port])).map((group) => ({
    rule: { ...rule(group[0]), ...alternatives(group) },
    ...(group[0]?.gateways === undefined ? {} : { gateways: group[0].gateways }),
    ...(group[0]?.port === undefined ? {} : { port: group[0].port }),
  }));
}

/** A match without conditions takes every request, whatever its alternatives say. */
function alternatives(group: readonly ReadMatch[]): { readonly match?: readonly RouteMatch[] } {
  const all = group.map(({ match }) => match);
  return all.some((match) => Object.keys(match).length === 0) ? {} : { match: all };
}

/** Returns items in groups with the same key, in the order of the first of each. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
