import type { RouteMatch } from '../../../ir/match.ts';
import type { Forward, Header, Rule } from '../../../ir/route.ts';
import { pathChange } from '../../../semantics/rewrite.ts';
import { refusedRest } from '../../envoy-filters/prefix-rewrite.ts';
import { limitMetadata, type NamedLimit } from '../../envoy-filters/rule-limits.ts';
import { retrySplit } from '../../retry-split.ts';
import type { Fields } from '../typed-config.ts';
import { actualHeaders, originCondition } from './cors.ts';
import { fault, faultFilter } from './fault.ts';
import { forwardAction, hasWeight } from './forward-action.ts';
import { changesNothing, headerMutationFilter, requestChanges, responseChanges } from './header-mutation.ts';
import { redirectVariants } from './redirect.ts';
import { restrictedContexts } from './restricted-backends.ts';
import type { RouteContext } from './route-context.ts';
import { routeMatches } from './route-matches.ts';

/** A rule and the name of its routes. */
export interface NamedRule {
  readonly rule: Rule;
  readonly name: string;
  /** The limits that count its requests. */
  readonly limits: readonly NamedLimit[];
}

/** The action for some of a rule's requests. */
interface Part {
  /** The match of this part, which replaces the rule's. */
  readonly match?: RouteMatch;
  readonly methods?: readonly string[];
  readonly headers: readonly Fields[];
  readonly action: Fields;
}

/** Returns one rule as Envoy routes, in order. */
export function ruleRoutes(named: NamedRule, context: RouteContext): readonly Fields[] {
  return restrictedContexts(named.rule, context).flatMap((each) => routesFor(named, each));
}

function routesFor(named: NamedRule, context: RouteContext): readonly Fields[] {
  const { rule } = named;
  const matches: readonly (RouteMatch | undefined)[] = rule.matches.length === 0 ? [undefined] : rule.matches;
  return matches.flatMap((match) =>
    parts(rule, match, context).flatMap((part) =>
      routeMatches(part.match ?? match, part.methods, context).flatMap((conditions) =>
        origins(rule).map(({ headers, told }) => ({
          name: named.name,
          match: withHeaders(conditions, [...part.headers, ...headers]),
          ...part.action,
          ...common(named, told),
        })),
      ),
    ),
  );
}

function parts(rule: Rule, match: RouteMatch | undefined, context: RouteContext): readonly Part[] {
  return [...refusedParts(rule, match), ...actionParts(rule, match, context)];
}

/** Returns the parts for paths whose change is refused; they precede the others. */
function refusedParts({ action }: Rule, match: RouteMatch | undefined): readonly Part[] {
  const pattern = refusedRest(pathChange(action), match?.path);
  if (match === undefined || pattern === undefined) return [];
  const methods = match.methods === undefined ? {} : { methods: match.methods };
  const refused: RouteMatch = { ...match, path: { type: 'regex', value: pattern } };
  return [{ ...methods, match: refused, headers: [], action: { direct_response: { status: 400 } } }];
}

function actionParts(rule: Rule, match: RouteMatch | undefined, context: RouteContext): readonly Part[] {
  const { action } = rule;
  const methods = match?.methods === undefined ? {} : { methods: match.methods };
  switch (action.type) {
    case 'respond': {
      const body = action.body === '' ? {} : { body: { inline_string: action.body } };
      return [{ ...methods, headers: [], action: { direct_response: { status: action.status, ...body } } }];
    }
    case 'redirect':
      return redirectVariants(action, { ...context, matched: match?.path }).map((variant) => ({
        ...methods,
        headers: variant.headers,
        action: { redirect: variant.action },
      }));
    case 'forward':
      return forwardParts(action, match, context);
  }
}

function forwardParts(
  forward: Forward,
  match: RouteMatch | undefined,
  context: RouteContext,
): readonly Part[] {
  const changes = requestChanges(forward.requestHeaders);
  if (!hasWeight(forward)) {
    const methods = match?.methods === undefined ? {} : { methods: match.methods };
    return [{ ...methods, headers: [], action: { direct_response: { status: 503 } } }];
  }
  return retrySplit(match?.methods, forward.retries).map(({ methods, retries }) => ({
    ...(methods && { methods }),
    headers: [],
    action: { route: forwardAction(forward, context, match?.path, retries), ...changes },
  }));
}

/**
 * Returns the origins of a rule with `cors`: routes for requests from allowed origins, whose answers say so, and then
 * routes for other requests.
 */
function origins({
  cors,
}: Rule): readonly { readonly headers: readonly Fields[]; readonly told: readonly Header[] }[] {
  const others = { headers: [], told: [] };
  return cors === undefined
    ? [others]
    : [{ headers: [originCondition(cors)], told: actualHeaders(cors) }, others];
}

function withHeaders(conditions: Fields, more: readonly Fields[]): Fields {
  if (more.length === 0) return conditions;
  return { ...conditions, headers: [...((conditions['headers'] ?? []) as readonly Fields[]), ...more] };
}

function common({ rule, limits }: NamedRule, told: readonly Header[]): Fields {
  const perFilter = {
    ...((told.length > 0 || !changesNothing(rule.responseHeaders)) && {
      [headerMutationFilter]: responseChanges(rule.responseHeaders, told),
    }),
    ...(rule.action.type === 'forward' && rule.action.fault && { [faultFilter]: fault(rule.action.fault) }),
  };
  return {
    ...(Object.keys(perFilter).length > 0 && { typed_per_filter_config: perFilter }),
    ...(limits.length > 0 && limitMetadata(limits)),
  };
}
