import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { originOf } from '../../location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { RouteDocument } from '../../spec/types.gen.ts';
import type { RouteMatch } from '../match.ts';
import type { Rule } from '../route.ts';
import { matchOverlap, type Overlap } from './match-overlap.ts';
import { idOf } from './names.ts';
import { PathIndex } from './path-index.ts';

export const messages = defineMessages({
  MESH2080: {
    severity: 'error',
    text: '{one} and {other} have the priority {priority} on {hostname} at {gateway}, and one request can match both',
    explanation:
      'At a gateway the Routes of a hostname apply in order of `priority`; the order of two Routes with the same priority is undefined. Give them different priorities, or matches that exclude each other.',
  },
  MESH2081: {
    severity: 'warning',
    text: '{one} and {other} have the priority {priority} on {hostname} at {gateway}, and one request may match both',
    explanation:
      'This check does not decide if two regular expressions can match one request. The order of two Routes with the same priority is undefined: give them different priorities.',
  },
});

/** A Route with the rules that are in force at one listener. */
export interface AttachedRoute {
  readonly route: SpecObject<RouteDocument>;
  readonly priority: number;
  readonly rules: readonly Rule[];
}

/**
 * Reports Routes of the same priority that one request can match. Each Route is reported once, with the first Route
 * that it conflicts with.
 */
export function reportConflicts(
  routes: readonly AttachedRoute[],
  hostname: string,
  gateway: string,
  report: Report,
): void {
  for (const group of byPriority(routes)) {
    const seen = new PathIndex<Seen>();
    for (const attached of group) {
      const conflict = firstConflict(attached, seen);
      if (conflict !== undefined) {
        const { other, overlap } = conflict;
        const values = {
          one: title(attached),
          other: title(other),
          priority: attached.priority,
          hostname,
          gateway,
        };
        const code = overlap === 'some' ? 'MESH2080' : 'MESH2081';
        const related = [{ location: other.route.location, message: `the other Route` }];
        report(finding(messages, code, attached.route.location, values, { related }));
      }
      for (const match of matchesOf(attached)) seen.add(match.path, [match, attached]);
    }
  }
}

type Seen = readonly [RouteMatch, AttachedRoute];

interface Conflict {
  readonly other: AttachedRoute;
  readonly overlap: Overlap;
}

function firstConflict(attached: AttachedRoute, seen: PathIndex<Seen>): Conflict | undefined {
  let unsure: Conflict | undefined;
  for (const match of matchesOf(attached)) {
    for (const [candidate, other] of seen.meeting(match.path)) {
      const overlap = matchOverlap(match, candidate);
      if (overlap === 'some') return { other, overlap };
      if (overlap === 'unknown') unsure ??= { other, overlap };
    }
  }
  return unsure;
}

/** Returns the matches of all rules; a rule without any matches every request. */
function matchesOf({ route, rules }: AttachedRoute): readonly RouteMatch[] {
  const all: RouteMatch = { origin: originOf(route.location), headers: [], query: [] };
  return rules.flatMap((rule) => (rule.matches.length === 0 ? [all] : rule.matches));
}

function byPriority(routes: readonly AttachedRoute[]): Iterable<readonly AttachedRoute[]> {
  const groups = new Map<number, AttachedRoute[]>();
  for (const attached of routes) {
    const group = groups.get(attached.priority);
    if (group === undefined) groups.set(attached.priority, [attached]);
    else group.push(attached);
  }
  return groups.values();
}

function title({ route }: AttachedRoute): string {
  return `Route ${idOf(route)}`;
}
