import type { Feature } from '../../ir/feature.ts';
import type { PathMatch, RouteMatch, StringMatch } from '../../ir/match.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';
import { standardMethods } from '../../lib/standard-methods.ts';
import { cookieLinePattern } from '../envoy-filters/cookie-pattern.ts';
import { pathCondition } from './path-condition.ts';

/** A condition on a header or a query parameter, in the form of a route object. */
export interface Condition {
  readonly name: string;
  readonly type: 'Exact' | 'RegularExpression';
  readonly value: string;
}

/** The conditions of one match of a route object, all of which must hold. */
export interface Alternative {
  /** The path; the `prefix` '' matches every path. */
  readonly path: PathMatch;
  readonly method?: string;
  /** Sorted by name; each name once. */
  readonly headers: readonly Condition[];
  readonly query: readonly Condition[];
  /** The path condition of the spec that a request has met; a prefix is replaced by this condition. */
  readonly matched?: PathMatch;
}

/** A feature of a match that no route object can express, and the reason. */
export interface Inexpressible {
  readonly feature: Feature;
  readonly reason: string;
}

const everyPath: PathMatch = { type: 'prefix', value: '' };

/** Returns a match as alternatives, any of which is enough, or the part that no route object can express. */
export function alternativesOf(
  match: RouteMatch | undefined,
  methods: readonly string[] | undefined,
): readonly Alternative[] | Inexpressible {
  const headers = conditions(
    (match?.headers ?? []).map(({ name, cookie, match: asked, negated }) => ({
      feature: cookie === undefined ? 'route.headers' : 'route.cookies',
      name,
      condition:
        cookie === undefined
          ? headerCondition(name, asked, negated)
          : cookieCondition(cookie, asked, negated),
    })),
  );
  if ('reason' in headers) return headers;
  const query = conditions(
    (match?.query ?? []).map(({ name, match: asked }) => ({
      feature: 'route.query',
      name,
      condition: headerCondition(name, asked, false),
    })),
  );
  if ('reason' in query) return query;
  const path = match?.path ?? everyPath;
  if (pathCondition(path).value.length > longestPath && path.type !== 'exact' && path.type !== 'prefix')
    return {
      feature: path.type === 'regex' ? 'route.path-regex' : 'route.starts-with',
      reason: `a path of the Gateway API has ${String(longestPath)} characters at most`,
    };
  const common = { path, matched: path, headers, query };
  if (methods === undefined) return [common];
  return methods.map((method) => ({ ...common, method }));
}

/** Returns the methods among some that a route object can name. */
export function sayableMethods(methods: readonly string[] | undefined): readonly string[] | undefined {
  return methods?.filter((method) => standardMethods.has(method));
}

interface Asked {
  readonly feature: Feature;
  readonly name: string;
  readonly condition: Condition | undefined;
}

const longestPath = 1024;
const longestValue = 1024;
/** The value of a condition on a header, by the experimental channel. */
const headerValue = /^[!-~]+(?:[\t ][!-~]+)*$/;

/** Returns conditions with each name only once, since the API ignores the second condition on a name. */
function conditions(asked: readonly Asked[]): readonly Condition[] | Inexpressible {
  const seen = new Set<string>();
  for (const { feature, name, condition } of asked) {
    if (condition === undefined)
      return { feature, reason: 'a match of the Gateway API can not ask for the absence of anything' };
    if (seen.has(name))
      return { feature, reason: 'a match of the Gateway API takes one condition on a header or parameter' };
    seen.add(name);
    if (feature !== 'route.query' && !headerValue.test(condition.value))
      return {
        feature,
        reason: 'a header of the Gateway API is compared with visible ASCII characters alone',
      };
    if (condition.value.length > longestValue)
      return {
        feature,
        reason: `a pattern of the Gateway API has ${String(longestValue)} characters at most`,
      };
  }
  return asked
    .flatMap(({ condition }) => condition ?? [])
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function headerCondition(name: string, match: StringMatch, negated: boolean): Condition | undefined {
  const pattern = (value: string): Condition => ({ name, type: 'RegularExpression', value });
  if (match.type === 'present') return match.value === negated ? undefined : pattern('.*');
  if (negated) return undefined;
  switch (match.type) {
    case 'exact':
      return match.value === '' ? pattern('^$') : { name, type: 'Exact', value: match.value };
    case 'prefix':
      return pattern(`${quoteRegex(match.value)}.*`);
    case 'suffix':
      return pattern(`.*${quoteRegex(match.value)}`);
    case 'contains':
      return pattern(`.*${quoteRegex(match.value)}.*`);
    case 'regex':
      // A pattern of an object is never empty.
      return pattern(match.value === '' ? '^$' : match.value);
  }
}

function cookieCondition(cookie: string, match: StringMatch, negated: boolean): Condition | undefined {
  const isAbsence = match.type === 'present' && !match.value;
  if (isAbsence !== negated) return undefined;
  return { name: 'cookie', type: 'RegularExpression', value: cookieLinePattern(cookie, match) };
}
