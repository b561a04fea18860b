import type { HeaderMatch, PathMatch, QueryMatch, RouteMatch, StringMatch } from '../../../ir/match.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import { standardMethods } from '../../../lib/standard-methods.ts';
import { cookieLinePattern } from '../../envoy-filters/cookie-pattern.ts';
import type { ServiceRouterSpec } from '../crds/consul.gen.ts';

type Route = NonNullable<ServiceRouterSpec['routes']>[number];
/** The conditions of a route. */
export type HttpMatch = NonNullable<NonNullable<Route['match']>['http']>;
type Query = NonNullable<HttpMatch['queryParam']>[number];

/** A condition on a header, in the form of routes and of intentions. */
export interface HeaderCondition {
  readonly name: string;
  readonly exact?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly regex?: string;
  readonly present?: boolean;
  readonly invert?: boolean;
}

/** A condition on a path, in the form of routes and of intentions. */
export interface PathCondition {
  readonly pathExact?: string;
  readonly pathPrefix?: string;
  readonly pathRegex?: string;
}

/** Returns the conditions on a path of which one must hold. A prefix of path elements is a path and what is below. */
export function pathConditions(path: PathMatch | undefined): readonly PathCondition[] {
  if (path === undefined) return [{}];
  switch (path.type) {
    case 'exact':
      return [{ pathExact: path.value }];
    case 'prefix':
      return path.value === '' ? [{}] : [{ pathExact: path.value }, { pathPrefix: `${path.value}/` }];
    case 'startsWith':
      return [{ pathPrefix: path.value }];
    case 'regex':
      return [{ pathRegex: path.value }];
  }
}

/**
 * Returns the alternatives of conditions on headers; in each all conditions must hold. A header that isn't there fits no
 * inverted condition of Envoy, so that the absence is an alternative.
 */
export function headerAlternatives(headers: readonly HeaderMatch[]): readonly (readonly HeaderCondition[])[] {
  return headers.reduce<readonly (readonly HeaderCondition[])[]>(
    (all, header) => all.flatMap((one) => headerConditions(header).map((own) => [...one, own])),
    [[]],
  );
}

function headerConditions({ name, cookie, match, negated }: HeaderMatch): readonly HeaderCondition[] {
  const absent = { name, present: true, invert: true };
  if (match.type === 'present' && cookie === undefined)
    return [match.value === negated ? absent : { name, present: true }];
  const said: HeaderCondition =
    cookie === undefined
      ? { name, ...textCondition(match) }
      : { name, regex: cookieLinePattern(cookie, match) };
  const isOpposite = negated !== (match.type === 'present' && !match.value);
  return isOpposite ? [absent, { ...said, invert: true }] : [said];
}

/** Returns a condition on a text. Consul leaves out a condition on an empty text, so that it needs another form. */
function textCondition(match: StringMatch): Omit<HeaderCondition, 'name' | 'invert'> {
  if (match.type === 'present') return { present: true };
  if (match.type === 'regex') return { regex: match.value === '' ? '^$' : match.value };
  if (match.value === '') return match.type === 'exact' ? { regex: '^$' } : { present: true };
  if (match.type === 'contains') return { regex: `.*${quoteRegex(match.value)}.*` };
  return { [match.type]: match.value };
}

/** Returns conditions on a method; Consul names the methods of HTTP, others only in a condition on a header. */
export function methodConditions(methods: readonly string[] | undefined): {
  readonly methods?: readonly string[];
  readonly header?: HeaderCondition;
} {
  if (methods === undefined) return {};
  if (methods.every((method) => standardMethods.has(method))) return { methods };
  return { header: { name: ':method', regex: methods.map(quoteRegex).join('|') } };
}

/** Returns the condition on a parameter; undefined if Consul can't express it. */
function queryCondition({ name, match }: QueryMatch): Query | undefined {
  switch (match.type) {
    case 'present':
      return match.value ? { name, present: true } : undefined;
    case 'regex':
      return { name, regex: match.value === '' ? '^$' : match.value };
    case 'exact':
      return match.value === '' ? { name, regex: '^$' } : { name, exact: match.value };
    case 'prefix':
      return { name, regex: `${quoteRegex(match.value)}.*` };
    case 'suffix':
      return { name, regex: `.*${quoteRegex(match.value)}` };
    case 'contains':
      return { name, regex: `.*${quoteRegex(match.value)}.*` };
  }
}

/** Returns the conditions of a match except the path and the methods; none if no request of Consul's routes fits. */
export function otherConditions({
  headers,
  query,
  from,
}: RouteMatch): readonly Pick<HttpMatch, 'header' | 'queryParam'>[] {
  const asked = query.map(queryCondition);
  const queryParam = asked.filter((one) => one !== undefined);
  if (from !== undefined || queryParam.length < asked.length) return [];
  return headerAlternatives(headers).map((header) => ({
    ...(header.length > 0 && { header }),
    ...(queryParam.length > 0 && { queryParam }),
  }));
}
