import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { RouteRule } from '../../../spec/types.gen.ts';
import { grouped, type ReadRule } from './read-rules.ts';
import { withoutHostParts, withPathParts } from './redirect-parts.ts';
import { withoutRefusals } from './refusals.ts';

/**
 * Joins neighbouring rules of one name that are the parts of one rule: a rule of the language often takes several native ones.
 * Rules whose parts don't fit stay as they are.
 */
export function withJoinedRuns(rules: readonly ReadRule[]): readonly ReadRule[] {
  return runsOf(rules).flatMap((run) => {
    const places = grouped(run, ({ port, gateways }) => JSON.stringify([port, gateways]));
    return places.flatMap((one) => withSameActions(withoutRefusals(withPathParts(withoutHostParts(one)))));
  });
}

/** Returns neighbours with the same name in one list; a rule without a name is alone. */
function runsOf(rules: readonly ReadRule[]): readonly (readonly ReadRule[])[] {
  const runs: ReadRule[][] = [];
  for (const rule of rules) {
    const last = runs.at(-1);
    if (rule.native !== undefined && last?.[0]?.native === rule.native) last.push(rule);
    else runs.push([rule]);
  }
  return runs;
}

/** Neighbours that do the same are one rule with the matches of both. */
function withSameActions(rules: readonly ReadRule[]): readonly ReadRule[] {
  const joined: ReadRule[] = [];
  for (const one of rules) {
    const before = joined.at(-1);
    const match = before?.rule.match;
    if (match === undefined || one.rule.match === undefined || !isSameAction(before?.rule, one.rule))
      joined.push(one);
    else joined.splice(-1, 1, { ...one, rule: { ...one.rule, match: [...match, ...one.rule.match] } });
  }
  return joined;
}

function isSameAction(one: RouteRule | undefined, other: RouteRule): boolean {
  const rest = ({ match: _match, ...others }: RouteRule): Json => others as unknown as Json;
  return one !== undefined && isSameJson(rest(one), rest(other));
}
