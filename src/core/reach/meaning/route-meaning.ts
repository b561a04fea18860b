import type { Ir } from '../../ir/ir.ts';
import type { RouteMatch } from '../../ir/match.ts';
import type { Redirect, Route, Rule } from '../../ir/route.ts';
import { noChanges } from '../../semantics/answer.ts';
import { decidingMatches } from '../../semantics/cors.ts';
import { redirectOrigin } from '../../semantics/redirect.ts';
import { pathChange } from '../../semantics/rewrite.ts';
import type { Sender } from '../../semantics/sender.ts';
import { all, any, type Condition } from '../condition.ts';
import { branch, type Meaning } from '../meaning.ts';
import { headerCondition, matchCondition, methodCondition, pathCondition } from './conditions.ts';
import { forwardMeaning } from './forward-meaning.ts';
import { failure } from './labels.ts';
import { changedReceived, hiddenDots } from './received-path.ts';
import type { SymbolicArrival } from './symbolic-arrival.ts';

/** Claims of the gateway's token that the next hop receives as headers. */
export interface Routing {
  readonly ir: Ir;
  readonly sender: Sender;
  readonly claims: readonly object[];
}

/** Returns the meaning of a Route: the first rule that matches decides, as `followRoute` decides. */
export function routeMeaning(routing: Routing, route: Route, arrival: SymbolicArrival): Meaning {
  const matching = { ...arrival, reserved: [] };
  const cases = route.rules.flatMap((rule): readonly Case[] =>
    rule.matches.length === 0 ? [{ rule, match: undefined }] : rule.matches.map((match) => ({ rule, match })),
  );
  const from = (index: number): Meaning => {
    const one = cases[index];
    if (one === undefined) return { label: failure('unroutable', 404) };
    const condition = one.match === undefined || matchCondition(one.match, matching);
    return branch(
      condition,
      () => ruleMeaning(routing, one.rule, one.match, arrival),
      () => from(index + 1),
    );
  };
  return from(0);
}

interface Case {
  readonly rule: Rule;
  readonly match: RouteMatch | undefined;
}

function ruleMeaning(
  routing: Routing,
  rule: Rule,
  match: RouteMatch | undefined,
  arrival: SymbolicArrival,
): Meaning {
  const withHeaders = (responseHeaders: object): Meaning => {
    const change = pathChange(rule.action);
    const refused = (): Meaning => ({ label: failure('refused', 400, responseHeaders) });
    return branch(hiddenDots(change, match?.path, arrival), refused, () => {
      switch (rule.action.type) {
        case 'respond': {
          const { status, body } = rule.action;
          return { label: { outcome: 'responded', status, body, responseHeaders } };
        }
        case 'redirect':
          return { label: redirected(rule.action, match, arrival, responseHeaders) };
        case 'forward':
          return forwardMeaning({ ...routing, action: rule.action, match, responseHeaders }, arrival);
      }
    });
  };
  const { cors, responseHeaders } = rule;
  if (cors === undefined) return withHeaders(responseHeaders);
  const { allowCredentials, exposeHeaders } = cors;
  const shown = {
    ...responseHeaders,
    ...(allowCredentials && { allowCredentials }),
    ...(exposeHeaders.length > 0 && { exposeHeaders }),
  };
  return branch(
    originCondition(cors.allowOrigins, arrival),
    () =>
      branch(
        originCondition([''], arrival),
        () => withHeaders(shown),
        () => withHeaders({ ...shown, origin: 'echoed' }),
      ),
    () => withHeaders(responseHeaders),
  );
}

/** Returns the label of requests that are redirected. */
export function redirected(
  action: Pick<Redirect, 'scheme' | 'host' | 'port' | 'path' | 'status'>,
  match: RouteMatch | undefined,
  arrival: SymbolicArrival,
  responseHeaders: object,
): object {
  const { status } = action;
  const change =
    typeof action.path === 'string' ? ({ type: 'replaceFull', value: action.path } as const) : action.path;
  const path = changedReceived(change, match?.path, arrival.path);
  return {
    outcome: 'redirected',
    status,
    location: { address: redirectOrigin(action, arrival), path },
    responseHeaders,
  };
}

function preflightAnswer(headers: object, responseHeaders: object, arrival: SymbolicArrival): Meaning {
  const answer = { outcome: 'responded', status: 200, preflight: headers, responseHeaders };
  return branch(
    originCondition([''], arrival),
    () => ({ label: answer }),
    () => ({ label: { ...answer, origin: 'echoed' } }),
  );
}

function originCondition(origins: readonly string[], arrival: SymbolicArrival): Condition {
  const sent = { ...arrival, changes: noChanges, reserved: [] };
  return any(
    origins.map((origin) =>
      headerCondition(
        {
          origin: nowhere,
          name: 'origin',
          match: origin === '*' ? { type: 'present', value: true } : { type: 'exact', value: origin },
          negated: false,
        },
        sent,
      ),
    ),
  );
}

const nowhere = { file: '', line: 0, column: 0 };

/** Returns the meaning with preflights answered by the rule that decides about them, as `preflight` decides. */
export function preflightMeaning(route: Route, arrival: SymbolicArrival, next: () => Meaning): Meaning {
  if (route.rules.every(({ cors }) => cors === undefined)) return next();
  const sent = { ...arrival, changes: noChanges, reserved: [] };
  const asked = (match: { type: 'present'; value: true } | { type: 'exact'; value: string }): Condition =>
    headerCondition({ origin: nowhere, name: 'access-control-request-method', match, negated: false }, sent);
  const takes = (match: RouteMatch | undefined): Condition =>
    all([
      match?.path === undefined || pathCondition(match.path, arrival),
      match?.methods === undefined || any(match.methods.map((value) => asked({ type: 'exact', value }))),
    ]);
  const from = (index: number): Meaning => {
    const rule = route.rules[index];
    if (rule === undefined) return next();
    const decides = any(decidingMatches(rule).map(takes));
    return branch(
      decides,
      () => {
        const { cors, responseHeaders } = rule;
        if (cors === undefined) return next();
        const { origin: _, allowOrigins, exposeHeaders: __, ...headers } = cors;
        return branch(
          originCondition(allowOrigins, arrival),
          () => preflightAnswer(headers, responseHeaders, arrival),
          next,
        );
      },
      () => from(index + 1),
    );
  };
  const isPreflight = all([
    methodCondition(['OPTIONS']),
    asked({ type: 'present', value: true }),
    originCondition(['*'], arrival),
  ]);
  return branch(isPreflight, () => from(0), next);
}
