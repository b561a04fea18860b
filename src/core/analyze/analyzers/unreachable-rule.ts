import { type Details, defineMessages, finding } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import { PathIndex } from '../../ir/link/path-index.ts';
import type { RouteMatch } from '../../ir/match.ts';
import type { Node } from '../../ir/node.ts';
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
  MESH2241: {
    severity: 'warning',
    text: 'no request comes to this match: earlier ones take all that it takes',
    explanation:
      'The matches of a rule are alternatives, and rules are asked in order. Others that stand before this one, in the same rule or an earlier one, take all its requests. Take it out, or move the rule before the wider one.',
  },
});

/** Reports rules that earlier rules hide, and single matches of other rules that earlier matches hide. */
export const unreachableRule: Analyzer = {
  name: 'unreachable-rule',
  description: 'Reports rules and matches that no request comes to, wherever their Route holds.',
  messages,
  analyze({ ir }, report) {
    const places: Found = { rules: new Map(), matches: new Map() };
    for (const route of explicitRoutes(ir)) look(route, places);
    const hiddenRules = new Set<Rule>();
    for (const { node: rule, reached, hidden } of places.rules.values()) {
      if (reached || hidden === undefined) continue;
      hiddenRules.add(rule);
      report(finding(messages, 'MESH2240', pointAt(rule.origin), {}, relatedTo(hidden, 'rule')));
    }
    for (const { node: match, rule, reached, hidden } of places.matches.values()) {
      if (reached || hidden === undefined || hiddenRules.has(rule)) continue;
      report(finding(messages, 'MESH2241', pointAt(match.origin), {}, relatedTo(hidden, 'match')));
    }
  },
};

function relatedTo(hidden: Node, what: string): Details {
  const message = `an earlier ${what} that takes its requests`;
  return { related: [{ location: pointAt(hidden.origin), message }] };
}

/** One rule or match of the spec, at all ports and listeners at which it holds. */
interface Places<T extends Node> {
  readonly node: T;
  readonly rule: Rule;
  reached: boolean;
  hidden: Node | undefined;
}

interface Found {
  readonly rules: Map<string, Places<Rule>>;
  readonly matches: Map<string, Places<RouteMatch>>;
}

function placeOf<T extends Node>(found: Map<string, Places<T>>, node: T, rule: Rule): Places<T> {
  const key = formatOrigin(node.origin);
  const known = found.get(key);
  if (known !== undefined) return known;
  const place = { node, rule, reached: false, hidden: undefined };
  found.set(key, place);
  return place;
}

function look({ rules }: Route, found: Found): void {
  const earlier: Matches = new PathIndex();
  for (const rule of rules) {
    const place = placeOf(found.rules, rule, rule);
    const matches = matchesOf(rule);
    const hiding = matches.map((match) => covering(earlier, match));
    // A preflight request skips rules without `cors`.
    if (rule.cors !== undefined || hiding.includes(undefined)) place.reached = true;
    else place.hidden ??= hiding[0]?.rule;
    matches.forEach((match, index) => {
      const hidden = hiding[index] ?? (matches.length > 1 ? covering(earlier, match) : undefined);
      if (matches.length > 1) noteMatch(placeOf(found.matches, match, rule), hidden, rule);
      earlier.add(match.path, { match, rule });
    });
  }
}

function noteMatch(place: Places<RouteMatch>, hidden: Earlier | undefined, rule: Rule): void {
  if (rule.cors !== undefined || hidden === undefined) place.reached = true;
  else place.hidden ??= hidden.match;
}

/** A match that is asked before another, with its rule. */
interface Earlier {
  readonly match: RouteMatch;
  readonly rule: Rule;
}

/** The matches that are asked before, by path. */
type Matches = PathIndex<Earlier>;

function covering(earlier: Matches, match: RouteMatch): Earlier | undefined {
  for (const one of earlier.covering(match.path)) if (covers(one.match, match)) return one;
  const first = coverTogether(matchesMeeting(earlier, match), match);
  if (first === undefined) return undefined;
  for (const one of earlier.meeting(match.path)) if (one.match === first) return one;
  return undefined;
}

function* matchesMeeting(earlier: Matches, { path }: RouteMatch): Iterable<RouteMatch> {
  for (const { match } of earlier.meeting(path)) yield match;
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
