import type { Feature } from '../../ir/feature.ts';
import type { Node } from '../../ir/node.ts';
import type { Retries, RetryCondition } from '../../ir/retries.ts';
import type { Forward, Rule } from '../../ir/route.ts';
import type { Limit } from '../target.ts';
import { sayableMethods } from './alternative.ts';
import { mostBackends } from './backends.ts';
import type { Dialect } from './dialect.ts';
import { isHostname, isRedirectStatus, mostHeaders, pathModifier } from './filters.ts';
import { type ArrangedPart, retriedStatuses } from './http-rules.ts';

function otherRule({ nowhere = '404' }: Dialect): string {
  return `requests of that match go by the next rule that takes them, or get ${nowhere}`;
}

/** Returns the places of rules that route objects can't express. */
export function ruleLimits(parts: readonly ArrangedPart[], dialect: Dialect): readonly Limit[] {
  const rules = new Set(parts.map(({ rule }) => rule));
  return [
    ...parts.flatMap((part) => [
      ...part.inexpressible.map(({ feature, reason, origin }) =>
        limit(feature, reason, otherRule(dialect), { origin }),
      ),
      ...displaced(part, rules.size),
      ...lostPath(part, dialect),
      ...(dialect.patterns ? [] : unpromisedPatterns(part, dialect)),
    ]),
    ...[...rules].flatMap((rule) => [
      ...lostMethods(rule, dialect),
      ...lostHeaders(rule),
      ...lostAction(rule, dialect),
      ...lostHost(rule, dialect),
    ]),
  ];
}

function limit(feature: Feature, reason: string, callers: string, { origin }: Node): Limit {
  return { feature, reason, callers, origin };
}

function displaced({ isKept, rule }: ArrangedPart, count: number): readonly Limit[] {
  if (isKept || count < 2) return [];
  const reason =
    'the Gateway API takes the most specific match, a pattern last, and no match says what this rule and a later one both take';
  return [limit('route.order', reason, 'some requests of this rule go by a later one', rule)];
}

function lostPath({ rule, alternatives }: ArrangedPart, dialect: Dialect): readonly Limit[] {
  const { action } = rule;
  if (action.type === 'respond') return [];
  const feature = action.type === 'redirect' ? 'route.redirect' : 'route.rewrite-path';
  const written = action.type === 'redirect' ? action.path : action.rewrite?.path;
  if (written === undefined || typeof written === 'string' || dialect.lacks(feature)) return [];
  const changes = alternatives.map((alternative) => ({
    alternative,
    change: pathModifier(written, alternative),
  }));
  if (changes.every(({ change }) => change !== undefined))
    return changes.some(({ alternative: { path }, change }) => path.value !== '' && doublesSlash(change))
      ? doubled(rule, dialect)
      : [];
  const reason = 'the Gateway API replaces the prefix of a match by path element, of no pattern';
  return [limit(feature, reason, 'the path stays as requested', rule)];
}

/** Returns true if a prefix becomes the root alone. */
function doublesSlash(change: ReturnType<typeof pathModifier>): boolean {
  return change?.replacePrefixMatch === '/';
}

function doubled(rule: Rule, { redirectedPrefixes }: Dialect): readonly Limit[] {
  if (rule.action.type !== 'redirect' || redirectedPrefixes !== 'bare') return [];
  const reason = 'the mesh exchanges the prefix of a redirect without regard to the slash behind it';
  return [limit('route.redirect', reason, 'they are sent to a path that begins with two slashes', rule)];
}

/** Returns the limits of patterns on headers and query parameters, which the API leaves to implementations. */
function unpromisedPatterns({ alternatives, rule }: ArrangedPart, dialect: Dialect): readonly Limit[] {
  const has = (of: 'headers' | 'query'): boolean =>
    alternatives.some((alternative) =>
      alternative[of].some(({ name, type }) => type === 'RegularExpression' && name !== 'cookie'),
    );
  const reason = 'the Gateway API leaves patterns to implementations, and this match is written as one';
  return [
    ...(has('headers') ? [limit('route.headers', reason, otherRule(dialect), rule)] : []),
    ...(has('query') ? [limit('route.query', reason, otherRule(dialect), rule)] : []),
  ];
}

function lostMethods({ matches }: Rule, dialect: Dialect): readonly Limit[] {
  return matches
    .filter(({ methods }) => methods?.length !== sayableMethods(methods)?.length)
    .map((match) =>
      limit(
        'route.methods',
        'the Gateway API knows no other methods than those of HTTP',
        otherRule(dialect),
        match,
      ),
    );
}

function lostHeaders({ action, responseHeaders, origin }: Rule): readonly Limit[] {
  const reason = `a filter of the Gateway API changes ${String(mostHeaders)} headers in each way at most`;
  const isLong = ({ set, add, remove }: Rule['responseHeaders']): boolean =>
    [set, add, remove].some((list) => list.length > mostHeaders);
  const callers = 'the headers after these stay as they are';
  return [
    ...(isLong(responseHeaders) ? [limit('route.response-headers', reason, callers, { origin })] : []),
    ...(action.type === 'forward' && isLong(action.requestHeaders)
      ? [limit('route.request-headers', reason, callers, { origin })]
      : []),
  ];
}

function lostAction({ action, origin }: Rule, dialect: Dialect): readonly Limit[] {
  if (action.type === 'respond') return [];
  if (action.type === 'forward')
    return [
      ...lostShares(action, { origin }, dialect),
      ...(dialect.retries === 'field' ? lostTries(action.retries) : []),
    ];
  if (isRedirectStatus(action.status)) return [];
  const reason = 'a redirect of the Gateway API has the status 301, 302, 303, 307 or 308';
  return [limit('route.redirect', reason, 'the redirect has the status 302', action)];
}

/** Returns the limit of a host with a port: a filter names a host without a port. */
function lostHost({ action }: Rule, dialect: Dialect): readonly Limit[] {
  const reason = 'a filter of the Gateway API names a host without a port';
  const callers = 'the host stays as requested';
  if (action.type === 'redirect')
    return action.host === undefined || isHostname(action.host)
      ? []
      : [limit('route.redirect', reason, callers, action)];
  const rewrite = action.type === 'forward' ? action.rewrite : undefined;
  if (rewrite?.host === undefined || isHostname(rewrite.host) || dialect.lacks('route.rewrite-host'))
    return [];
  return [limit('route.rewrite-host', reason, callers, rewrite)];
}

function lostShares({ backends }: Forward, node: Node, { nowhere = '500' }: Dialect): readonly Limit[] {
  if (backends.length < 2) return [];
  if (backends.every(({ weight }) => weight === 0))
    return [
      limit(
        'route.split',
        'a rule of the Gateway API whose weights are all zero answers 500',
        `requests get ${nowhere} instead of 503`,
        node,
      ),
    ];
  if (backends.length <= mostBackends) return [];
  const reason = `a rule of the Gateway API has ${String(mostBackends)} backends at most`;
  return [limit('route.split', reason, 'the backends after these get nothing', node)];
}

/** Conditions that Istio adds to every route with the field `retry`. */
const always: readonly RetryCondition[] = ['connect-failure', 'refused-stream'];

function lostTries(retries: Retries | undefined): readonly Limit[] {
  if (retries === undefined) return [];
  const { on } = retries;
  const isSaid = (condition: RetryCondition): boolean =>
    retriedStatuses([condition]).length > 0 || always.includes(condition);
  if (
    on.every(isSaid) &&
    always.every((condition) => on.includes(condition)) &&
    !on.includes('5xx') &&
    // Istio's own proxy answers 503 for a server that gives no answer.
    !retriedStatuses(on).includes(503)
  )
    return [];
  const reason =
    'the Gateway API retries failed connections whenever it retries, and beside them statuses that are named one by one';
  return [
    limit(
      'settings.retries',
      reason,
      'requests are tried again after other failures than those that are named',
      retries,
    ),
  ];
}
