import type { Ir } from '../ir/ir.ts';
import type { RouteMatch } from '../ir/match.ts';
import type { Route, Rule } from '../ir/route.ts';
import { decision, failed, noRoute, refusal } from './answer.ts';
import type { Arrival } from './arrival.ts';
import { answerHeaders } from './cors.ts';
import { forward } from './forward.ts';
import { routeMatches } from './match.ts';
import type { Decision, Outcome } from './outcome.ts';
import { redirectLocation } from './redirect.ts';
import { changedPath, pathChange } from './rewrite.ts';
import type { Sender } from './sender.ts';

/** Decides by the rows of a route: the first rule that matches decides; without one the status is 404. */
export function followRoute(ir: Ir, sender: Sender, route: Route, arrival: Arrival): Outcome {
  const chosen = firstMatch(route, arrival);
  if (chosen === undefined) {
    const decidedBy = [decision(route.origin, `route ${route.name}: no rule matches`)];
    return failed(noRoute(404, `no rule of route ${route.name} matches`, decidedBy));
  }
  const { rule, match } = chosen;
  const responseHeaders = answerHeaders(rule, arrival);
  const decidedBy = [ruleDecision(route, rule)];
  const path = changedPath(pathChange(rule.action), match?.path, arrival.path);
  if (path === undefined) return failed(refusal(400, unsafeRest, decidedBy), responseHeaders);
  switch (rule.action.type) {
    case 'respond': {
      const { status, body } = rule.action;
      return {
        outcome: 'responded',
        status,
        reason: 'the rule answers itself',
        body,
        responseHeaders,
        decidedBy,
      };
    }
    case 'redirect': {
      const location = redirectLocation({ ...rule.action, path }, arrival);
      const { status } = rule.action;
      return {
        outcome: 'redirected',
        status,
        reason: 'the rule redirects',
        location,
        responseHeaders,
        decidedBy,
      };
    }
    case 'forward':
      return forward({ ir, sender, action: rule.action, match, responseHeaders, decidedBy }, arrival);
  }
}

const unsafeRest = 'what is left behind the prefix begins with a dot segment';

interface Chosen {
  readonly rule: Rule;
  /** The match that the request fits; absent for a rule without conditions. */
  readonly match: RouteMatch | undefined;
}

function firstMatch(route: Route, arrival: Arrival): Chosen | undefined {
  for (const rule of route.rules) {
    if (rule.matches.length === 0) return { rule, match: undefined };
    const match = rule.matches.find((candidate) => routeMatches(candidate, arrival));
    if (match !== undefined) return { rule, match };
  }
  return undefined;
}

function ruleDecision(route: Route, rule: Rule): Decision {
  if (route.implicit) return decision(rule.origin, `no Route for ${route.name}: to all versions alike`);
  const name = rule.name ?? String(route.rules.indexOf(rule) + 1);
  return decision(rule.origin, `route ${route.name}: rule ${name} matches first`);
}
