import type { Rule } from '../../ir/route.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { pathChange } from '../../semantics/rewrite.ts';
import type { Alternative, Condition } from './alternative.ts';
import { arrange } from './arrange.ts';
import { backendRefs } from './backends.ts';
import type { Dialect } from './dialect.ts';
import { duration } from './duration.ts';
import { filtersOf } from './filters.ts';
import type { HttpMatch, HttpRetry, HttpRule } from './parts.ts';
import { pathCondition } from './path-condition.ts';
import type { RuleContext } from './rule-context.ts';
import { type RulePart, rulePartsOf } from './rule-parts.ts';

/** A part of a rule with alternatives that keep the order of rules. */
export interface ArrangedPart extends RulePart {
  /** False if the Gateway API takes a later rule for some requests of the part. */
  readonly isKept: boolean;
}

/** Returns rules in parts whose alternatives come in the order of the rules, for the requests to a port. */
export function arrangedParts(
  rules: readonly Rule[],
  port: number,
  dialect: Dialect,
): readonly ArrangedPart[] {
  const all = rules.flatMap((rule) => rulePartsOf(rule, port, dialect));
  const parts = dialect.prefixSlashes === 'replaced' && rules.some(changesPrefix) ? all.map(split) : all;
  const arranged = arrange(
    parts.map(({ alternatives }) => alternatives),
    dialect.mayPrecede,
  );
  return parts.map((part, index) => ({
    ...part,
    alternatives: arranged[index]?.alternatives ?? [],
    isKept: arranged[index]?.isKept ?? true,
  }));
}

/** Returns true if a rule replaces the prefix of a path. */
function changesPrefix({ action }: Rule): boolean {
  return pathChange(action)?.type === 'replacePrefix';
}

/** Returns a part in which the path that is a prefix has an alternative of its own beside the prefix. */
function split(part: RulePart): RulePart {
  return {
    ...part,
    alternatives: part.alternatives.flatMap((alternative) => {
      const { type, value } = alternative.path;
      return type === 'prefix' && value !== ''
        ? [{ ...alternative, path: { type: 'exact', value } }, alternative]
        : [alternative];
    }),
  };
}

/** The most matches of a rule. */
const mostMatches = 64;

/** Returns arranged parts as rules of HTTPRoutes. */
export function httpRules(parts: readonly ArrangedPart[], context: RuleContext): readonly HttpRule[] {
  const most = context.dialect.mostMatches ?? mostMatches;
  return parts.flatMap((part) => {
    const rules: { readonly matches: HttpMatch[]; readonly action: HttpRule }[] = [];
    for (const alternative of part.alternatives) {
      const action = actionOf(part, alternative, context);
      const last = rules.at(-1);
      if (
        last !== undefined &&
        last.matches.length < most &&
        !replacesPrefix(action) &&
        canonicalJson(last.action) === canonicalJson(action)
      )
        last.matches.push(httpMatch(alternative));
      else rules.push({ matches: [httpMatch(alternative)], action });
    }
    return rules.map(({ matches, action }) => ({ matches, ...action }));
  });
}

/** Returns true if a rule replaces a prefix; the CRD allows such a rule only one match. */
function replacesPrefix({ filters = [] }: HttpRule): boolean {
  return filters.some(
    ({ urlRewrite, requestRedirect }) =>
      (urlRewrite?.path ?? requestRedirect?.path)?.type === 'ReplacePrefixMatch',
  );
}

/** Returns the match of a route object for an alternative. */
export function httpMatch({ path, method, headers, query }: Alternative): HttpMatch {
  return {
    path: pathCondition(path),
    ...(isMethod(method) && { method }),
    ...(headers.length > 0 && { headers: headers.map(listed) }),
    ...(query.length > 0 && { queryParams: query.map(listed) }),
  };
}

function isMethod(method: string | undefined): method is NonNullable<HttpMatch['method']> {
  return method !== undefined;
}

function listed({ name, type, value }: Condition) {
  return { name, type, value };
}

function actionOf({ rule, retries }: RulePart, alternative: Alternative, context: RuleContext): HttpRule {
  const { action } = rule;
  const { dialect, serviceOf } = context;
  const filters = filtersOf(rule, alternative, context);
  const some = filters.length > 0 ? { filters } : {};
  if (action.type === 'redirect') return some;
  // A rule without backends answers 500, since a route object can express no answer but a redirect.
  if (action.type === 'respond') return some;
  const backends = backendRefs(action.backends, serviceOf);
  if (backends.length === 0) return withAnswers(filters);
  if (dialect.retries === 'annotations') return { ...some, backendRefs: backends };
  const timeouts = {
    ...(action.timeout > 0 && { request: duration(action.timeout) }),
    ...(retries !== undefined &&
      retries.perTryTimeout > 0 && { backendRequest: duration(retries.perTryTimeout) }),
  };
  return {
    ...some,
    backendRefs: backends,
    ...(Object.keys(timeouts).length > 0 && !dialect.lacks('settings.timeout') && { timeouts }),
    ...(retries && { retry: retryOf(retries) }),
  };
}

/** Returns the rule of requests that go nowhere: only what is done to answers and preflights has an effect. */
function withAnswers(filters: NonNullable<HttpRule['filters']>): HttpRule {
  const left = filters.filter(({ type }) => type === 'CORS' || type === 'ResponseHeaderModifier');
  return left.length > 0 ? { filters: left } : {};
}

function retryOf({ attempts, backoff, on }: NonNullable<RulePart['retries']>): HttpRetry {
  const codes = retriedStatuses(on);
  return {
    attempts,
    ...(codes.length > 0 && { codes }),
    ...(backoff > 0 && { backoff: duration(backoff) }),
  };
}

/** Returns the statuses that conditions of retries name. */
export function retriedStatuses(on: readonly (string | number)[]): readonly number[] {
  const named = on.flatMap((condition) => {
    if (typeof condition === 'number') return [condition];
    if (condition === '5xx') return [500, 502, 503, 504];
    return condition === 'gateway-error' ? [502, 503, 504] : [];
  });
  return [...new Set(named)].sort((one, other) => one - other);
}
