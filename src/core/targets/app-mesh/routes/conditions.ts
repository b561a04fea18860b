import type { Feature } from '../../../ir/feature.ts';
import type { HeaderMatch, PathMatch, QueryMatch, RouteMatch, StringMatch } from '../../../ir/match.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import { standardMethods } from '../../../lib/standard-methods.ts';
import { cookieLinePattern } from '../../envoy-filters/cookie-pattern.ts';
import type { VirtualRouterSpec } from '../crds/app-mesh.gen.ts';

type Route = NonNullable<VirtualRouterSpec['routes']>[number];
/** The conditions of a route of App Mesh, all of which must hold. */
export type HttpMatch = NonNullable<Route['httpRoute']>['match'];
type HeaderCondition = NonNullable<HttpMatch['headers']>[number];
type QueryCondition = NonNullable<HttpMatch['queryParameters']>[number];
type Method = NonNullable<HttpMatch['method']>;

/** A feature of a match that App Mesh has no condition for, and the reason. */
export interface Unsayable {
  readonly feature: Feature;
  readonly reason: string;
}

const longest = 255;
const longestName = 50;
const mostConditions = 10;

/** Returns a match as conditions of routes, any of which is enough, or the part for which App Mesh has none. */
export function conditionsOf(
  match: RouteMatch | undefined,
  methods: readonly string[] | undefined,
): readonly HttpMatch[] | Unsayable {
  const path = pathCondition(match?.path);
  if ('reason' in path) return path;
  const query = (match?.query ?? []).map(queryCondition);
  const strange = query.find((one) => 'reason' in one);
  if (strange !== undefined && 'reason' in strange) return strange;
  const queryParameters = query.filter((one) => 'name' in one);
  let all: readonly (readonly HeaderCondition[])[] = [[]];
  for (const header of match?.headers ?? []) {
    const options = headerConditions(header);
    if ('reason' in options) return options;
    all = all.flatMap((own) => options.map((option) => [...own, option]));
  }
  const counts = [queryParameters.length, ...all.map(({ length }) => length)];
  if (counts.some((count) => count > mostConditions))
    return {
      feature: queryParameters.length > mostConditions ? 'route.query' : featureOf(match?.headers ?? []),
      reason: `a route of App Mesh has ${String(mostConditions)} conditions on headers at most, and as many on parameters`,
    };
  return all.flatMap((headers) => {
    const common: HttpMatch = {
      ...path,
      ...(headers.length > 0 && { headers }),
      ...(queryParameters.length > 0 && { queryParameters }),
    };
    return methods === undefined
      ? [common]
      : methods.filter(isKnown).map((method): HttpMatch => ({ ...common, method }));
  });
}

function featureOf(headers: readonly HeaderMatch[]): Feature {
  return headers.some(({ cookie }) => cookie === undefined) ? 'route.headers' : 'route.cookies';
}

/** Returns true for a method that a route of App Mesh can name. */
function isKnown(method: string): method is Method {
  return standardMethods.has(method);
}

function pathCondition(path: PathMatch | undefined): Pick<HttpMatch, 'path' | 'prefix'> | Unsayable {
  if (path === undefined || (path.type === 'prefix' && path.value === '')) return { prefix: '/' };
  const { type, value } = path;
  // A prefix of App Mesh compares characters, or elements, as one reads it: a pattern is plain.
  const condition = type === 'exact' ? { exact: value } : { regex: pathPattern(path) };
  if (Object.values(condition).every((text) => text.length <= longest)) return { path: condition };
  const features = { regex: 'route.path-regex', startsWith: 'route.starts-with' } as const;
  return {
    feature: type === 'exact' || type === 'prefix' ? 'route.order' : features[type],
    reason: `a path of App Mesh has ${String(longest)} characters at most`,
  };
}

/** Returns a pattern for the whole path, whether App Mesh compares the whole of it or a part. */
function pathPattern({ type, value }: PathMatch): string {
  if (type === 'regex') return `^(?:${value})$`;
  return type === 'prefix' ? `^${quoteRegex(value)}(?:/.*)?$` : `^${quoteRegex(value)}.*$`;
}

function queryCondition({ name, match }: QueryMatch): QueryCondition | Unsayable {
  if (match.type === 'exact') return { name, match: { exact: match.value } };
  if (match.type === 'present' && match.value) return { name };
  return {
    feature: 'route.query',
    reason: 'App Mesh compares a parameter with a whole value, or asks if it is there',
  };
}

/** Returns conditions of which one must hold: the opposite of a value also holds without the header. */
function headerConditions({
  name,
  cookie,
  match,
  negated,
}: HeaderMatch): readonly HeaderCondition[] | Unsayable {
  const feature = cookie === undefined ? 'route.headers' : 'route.cookies';
  const absent: HeaderCondition = { name, invert: true };
  if (name.length > longestName)
    return {
      feature,
      reason: `the name of a header of App Mesh has ${String(longestName)} characters at most`,
    };
  if (cookie === undefined && match.type === 'present')
    return match.value === negated ? [absent] : [{ name }];
  const asksAbsence = (match.type === 'present' && !match.value) !== negated;
  const value =
    cookie === undefined ? valueCondition(match) : { regex: `^(?:${cookieLinePattern(cookie, match)})$` };
  if (Object.values(value).some((text) => text.length > longest))
    return { feature, reason: `a value of App Mesh has ${String(longest)} characters at most` };
  return asksAbsence ? [absent, { ...absent, match: value }] : [{ name, match: value }];
}

function valueCondition(match: StringMatch): Omit<NonNullable<HeaderCondition['match']>, 'range'> {
  switch (match.type) {
    case 'exact':
      return match.value === '' ? { regex: '^$' } : { exact: match.value };
    case 'prefix':
      return { prefix: match.value };
    case 'suffix':
      return { suffix: match.value };
    case 'contains':
      return { regex: `^.*${quoteRegex(match.value)}.*$` };
    case 'regex':
      return { regex: `^(?:${match.value})$` };
    case 'present':
      return { regex: '^.*$' };
  }
}
