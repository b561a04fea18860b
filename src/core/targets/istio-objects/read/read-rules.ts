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
  /** The name of the native rule, as written. */
  readonly native?: string;
  /** The native rule. */
  readonly field?: Field;
  /** The condition on the host of all matches, which a rule of the language has not. */
  readonly authority?: Authority;
  /** The native rule, if it leads to no known destination: its connections fail. */
  readonly nowhere?: Field;
}

/** A condition on the host: its expression, and its fields. */
export interface Authority {
  readonly regex: string;
  readonly fields: readonly Field[];
}

/** Returns rules for matches: one for each port, each list of gateways and each condition on the host. */
export function withMatches(
  matches: readonly ReadMatch[] | undefined,
  rule: (match: ReadMatch | undefined) => RouteRule,
): readonly ReadRule[] {
  if (matches === undefined) return [{ rule: rule(undefined) }];
  return grouped(matches, keyOf).map((group) => ({
    ...authorityOf(group),
    rule: { ...rule(group[0]), ...alternatives(group) },
    ...(group[0]?.gateways === undefined ? {} : { gateways: group[0].gateways }),
    ...(group[0]?.port === undefined ? {} : { port: group[0].port }),
  }));
}

function keyOf({ gateways, port, authority }: ReadMatch): string {
  return JSON.stringify([gateways, port, authority?.regex]);
}

function authorityOf(group: readonly ReadMatch[]): Pick<ReadRule, 'authority'> {
  const regex = group[0]?.authority?.regex;
  if (regex === undefined) return {};
  return { authority: { regex, fields: group.flatMap(({ authority }) => authority?.fields ?? []) } };
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
