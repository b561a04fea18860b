import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import { PathIndex } from '../../ir/link/path-index.ts';
import type { RouteMatch } from '../../ir/match.ts';
import type { Route, Rule } from '../../ir/route.ts';
import { formatOrigin } from '../../location.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';
import { coverTogether } from '../joint-cover.ts';
import { covers } from '../match-cover.ts';

const messages = defineMessages({
  MESH2240: {
    severity: 'warning',
    text: 'no request comes to this rule: earlier ones take all that it matches',
    explanation:
      'The first rule that matches wins, on every target. Move the rule before the wider one, or take it out.',
  },
});

/** Reports rules that earlier rules hide. */
export const unreachableRule: Analyzer = {
  name: 'unreachable-rule',
  description: 'Reports rules that no request comes to, wherever their Route holds.',
  messages,
  analyze({ ir }, report) {
    const places = new Map<string, Places>();
    for (const route of explicitRoutes(ir)) look(route, places);
    for (const { rule, reached, hidden } of places.values()) {
      if (reached || hidden === undefined) continue;
      const related = [
        { location: pointAt(hidden.origin), message: 'an earlier rule that takes its requests' },
      ];
      report(finding(messages, 'MESH2240', pointAt(rule.origin), {}, { related }));
    }
  },
};

/** One rule of the spec, at all ports and listeners at which it holds. */
interface Places {
  readonly rule: Rule;
  reached: boolean;
  hidden: Rule | undefined;
}

function look({ rules }: Route, places: Map<string, Places>): void {
  const earlier = new PathIndex<readonly [RouteMatch, Rule]>();
  for (const rule of rules) {
    const key = formatOrigin(rule.origin);
    const place = places.get(key) ?? { rule, reached: false, hidden: undefined };
    places.set(key, place);
    const hiding = matchesOf(rule).map((match) => coveringRule(earlier, match));
    // A preflight request skips rules without `cors`.
    if (rule.cors !== undefined || hiding.includes(undefined)) place.reached = true;
    else place.hidden ??= hiding[0];
    for (const match of matchesOf(rule)) earlier.add(match.path, [match, rule]);
  }
}

/** The matches of earlier rules, by path. */
type Matches = PathIndex<readonly [RouteMatch, Rule]>;

function coveringRule(earlier: Matches, match: RouteMatch): Rule | undefined {
  for (const [wide, rule] of earlier.covering(match.path)) if (covers(wide, match)) return rule;
  const first = coverTogether(matchesMeeting(earlier, match), match);
  if (first === undefined) return undefined;
  for (const [wide, rule] of earlier.meeting(match.path)) if (wide === first) return rule;
  return undefined;
}

function* matchesMeeting(earlier: Matches, { path }: RouteMatch): Iterable<RouteMatch> {
  for (const [wide] of earlier.meeting(path)) yield wide;
}

function matchesOf(rule: Rule): readonly RouteMatch[] {
  return rule.matches.length > 0 ? rule.matches : [{ origin: rule.origin, headers: [], query: [] }];
}

function explicitRoutes(ir: Ir): readonly Route[] {
  const inside = [...Object.values(ir.services), ...Object.values(ir.externals)]
    .flatMap(({ ports }) => ports.map(({ route }) => route))
    .filter(({ implicit }) => !implicit);
  const listeners = Object.values(ir.gateways).flatMap((gateway) => gateway.listeners);
  return [...inside, ...listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route))];
}
