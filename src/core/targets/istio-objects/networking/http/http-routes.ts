import { noHeaderChanges } from '../../../../ir/link/header-changes.ts';
import type { RouteMatch } from '../../../../ir/match.ts';
import type { Forward, Route, Rule } from '../../../../ir/route.ts';
import { append } from '../../../../lib/append.ts';
import { pathChange } from '../../../../semantics/rewrite.ts';
import { refusedRest } from '../../../envoy-filters/prefix-rewrite.ts';
import { meetsPreflights } from '../../../envoy-filters/preflight-routes.ts';
import { retrySplit } from '../../../retry-split.ts';
import type { HttpMatch, HttpRoute } from '../../crds/parts.ts';
import { preflightName, ruleName } from '../../rule-name.ts';
import { bothOf, isEveryCaller } from '../callers.ts';
import { corsPolicy, originMatch, preflight, toldOrigins } from './cors.ts';
import { fault } from './fault.ts';
import { forwardAction, hasWeight } from './forward-action.ts';
import { headerChanges } from './header-changes.ts';
import type { HttpContext } from './http-context.ts';
import { redirectVariants } from './redirect.ts';
import { redirectPaths } from './redirect-paths.ts';
import { type MoreConditions, routeMatches } from './route-matches.ts';

/**
 * Returns a Route's rules as `http` of a VirtualService: preflights, the rules in their order, and 404 for requests
 * that none of them matches.
 */
export function httpRoutes(route: Route, context: HttpContext): readonly HttpRoute[] {
  const named = route.rules.map((rule) => ({ rule, name: ruleName(route, rule) }));
  const routes: HttpRoute[] = [];
  for (const rule of route.rules)
    append(routes, preflight(route.rules, rule, preflightName(route, rule), context));
  for (const { rule, name } of named) {
    const meets = meetsPreflights(route.rules, rule);
    routes.push(
      ...restricted(rule, { ...context, meetsPreflights: meets }).flatMap((each) =>
        ruleRoutes(each.rule, name, each.context),
      ),
    );
    if (takesAll(routes.at(-1), context)) return routes;
  }
  const match = context.asksPort ? { match: [{ port: context.port }] } : {};
  return [...routes, { name: `${route.name}/none`, ...match, directResponse: { status: 404 } }];
}

/**
 * Splits a rule whose backends only some callers may call: the rule itself for these callers, and 404 for the others.
 */
function restricted(
  rule: Rule,
  context: HttpContext,
): readonly { readonly rule: Rule; readonly context: HttpContext }[] {
  const { action } = rule;
  if (action.type !== 'forward') return [{ rule, context }];
  const admitted = context.admitted(action.backends.filter(({ weight }) => weight > 0));
  if (isEveryCaller(admitted)) return [{ rule, context }];
  const hidden = { type: 'respond', origin: rule.origin, status: 404, body: '' } as const;
  return [
    { rule, context: { ...context, callers: (from) => bothOf(context.callers(from), admitted) } },
    { rule: { ...rule, action: hidden }, context },
  ];
}

/** The action for some of a rule's requests. */
interface Part extends MoreConditions {
  /** Parts of one kind in neighbouring matches become one route. */
  readonly kind: string;
  readonly action: (match: RouteMatch | undefined) => HttpRoute;
}

function ruleRoutes(rule: Rule, name: string, context: HttpContext): readonly HttpRoute[] {
  const matches: readonly (RouteMatch | undefined)[] = rule.matches.length === 0 ? [undefined] : rule.matches;
  const routes: { readonly kind: string; readonly match: HttpMatch[]; readonly action: HttpRoute }[] = [];
  for (const match of matches) {
    for (const { kind, action: actionFor, ...more } of parts(rule, match, context)) {
      const conditions = routeMatches(match, more, context);
      if (conditions.length === 0) continue;
      const action = actionFor(match);
      const last = routes.findLast((earlier) => earlier.kind === kind);
      if (last !== undefined && JSON.stringify(last.action) === JSON.stringify(action))
        append(last.match, conditions);
      else routes.push({ kind, match: [...conditions], action });
    }
  }
  return routes.map(({ match, action }) => {
    const all = match.some((condition) => Object.keys(condition).length === 0);
    return { name, ...(!all && { match }), ...action };
  });
}

/** Returns the parts of a rule. Parts of different kinds don't overlap, except that narrower ones come first. */
function parts(rule: Rule, match: RouteMatch | undefined, context: HttpContext): readonly Part[] {
  const { action } = rule;
  const pattern = refusedRest(pathChange(action), match?.path);
  const others = actionParts(rule, match, context);
  if (pattern === undefined) return others;
  const refused: Part = {
    kind: 'refused',
    path: { type: 'regex', value: pattern },
    action: () => ({ directResponse: { status: 400 } }),
  };
  // The other parts must stay behind this one: a different kind keeps them from joining a route of an earlier match.
  return [
    ...answered(rule, [refused]),
    ...others.map((part) => ({ ...part, kind: `${part.kind} beside ${pattern}` })),
  ];
}

function actionParts(rule: Rule, match: RouteMatch | undefined, context: HttpContext): readonly Part[] {
  const { action } = rule;
  switch (action.type) {
    case 'respond': {
      const body = action.body === '' ? {} : { body: { string: action.body } };
      return answered(rule, [
        { kind: '', action: () => ({ directResponse: { status: action.status, ...body } }) },
      ]);
    }
    case 'redirect':
      return answered(
        rule,
        redirectVariants(action, context).flatMap(({ authority, redirect }, index) =>
          redirectPaths(pathChange(action), match?.path, context.minor).map(({ matched, fields }) => ({
            kind: `${String(index)} ${matched?.type ?? ''}`,
            ...(authority && { authority }),
            ...(matched && { path: matched }),
            action: () => ({ redirect: { ...redirect, ...fields } }),
          })),
        ),
      );
    case 'forward':
      return forwardParts(rule, action, match, context);
  }
}

/**
 * Returns routes that the proxy answers itself; with `cors`, routes for allowed origins come first and have its
 * headers.
 */
function answered({ responseHeaders, cors }: Rule, answers: readonly Part[]): readonly Part[] {
  const told = (part: Part, headers: Pick<HttpRoute, 'headers'>): Part => ({
    ...part,
    action: (match) => ({ ...part.action(match), ...headers }),
  });
  const plain = headerChanges(noHeaderChanges, responseHeaders);
  if (cors === undefined) return answers.map((part) => told(part, plain));
  const headers = { headers: toldOrigins(responseHeaders, cors) };
  return answers.flatMap((part) => [
    { ...told(part, headers), kind: `${part.kind} of an origin`, origin: originMatch(cors) },
    told(part, plain),
  ]);
}

function forwardParts(
  rule: Rule,
  forward: Forward,
  match: RouteMatch | undefined,
  context: HttpContext,
): readonly Part[] {
  const more = { ...headerChanges(forward.requestHeaders, rule.responseHeaders) };
  if (!hasWeight(forward))
    return [{ kind: '', action: () => ({ directResponse: { status: 503 }, ...more, ...corsOf(rule) }) }];
  const injected = forward.fault && { fault: fault(forward.fault) };
  return retrySplit(match?.methods, forward.retries).flatMap(({ methods, retries }) => {
    const part: Part = {
      kind: retries === undefined ? 'once' : 'retried',
      ...(methods && { methods }),
      action: (matched) => ({
        ...forwardAction(forward, retries, matched?.path, context),
        ...more,
        ...injected,
      }),
    };
    const whole: Part = { ...part, action: (matched) => ({ ...part.action(matched), ...corsOf(rule) }) };
    return [...ordinaryPreflights(rule, part, context), whole];
  });
}

/**
 * Returns routes for preflights from allowed origins that an earlier rule treats as ordinary requests: Istio's own
 * `corsPolicy` would answer them.
 */
function ordinaryPreflights(
  { cors, responseHeaders }: Rule,
  part: Part,
  { meetsPreflights: meets }: HttpContext,
): readonly Part[] {
  if (cors === undefined || meets !== true || part.methods?.includes('OPTIONS') === false) return [];
  const told = toldOrigins(responseHeaders, cors);
  return [
    {
      ...part,
      kind: `preflights ${part.kind}`,
      methods: ['OPTIONS'],
      origin: originMatch(cors),
      isPreflight: true,
      action: (matched) => {
        const action = part.action(matched);
        return { ...action, headers: { ...action.headers, ...told } };
      },
    },
  ];
}

function corsOf({ cors }: Rule): HttpRoute {
  return cors === undefined ? {} : { corsPolicy: corsPolicy(cors) };
}

function takesAll(route: HttpRoute | undefined, { asksPort, port }: HttpContext): boolean {
  if (route === undefined) return false;
  const { match } = route;
  if (match === undefined) return true;
  return (
    asksPort && match.some((condition) => Object.keys(condition).join() === 'port' && condition.port === port)
  );
}
