import type { PathMatch } from '../../ir/match.ts';
import type { Cors, Forward, HeaderChanges, Mirror, PathChange, Redirect, Rule } from '../../ir/route.ts';
import { standardMethods } from '../../lib/standard-methods.ts';
import { changedPath } from '../../semantics/rewrite.ts';
import type { Alternative } from './alternative.ts';
import type { ServiceOf } from './backends.ts';
import type { Dialect } from './dialect.ts';
import type { HeaderFilter, HttpCors, HttpFilter, PathModifier } from './parts.ts';
import { pathCondition } from './path-condition.ts';
import type { Arrival, RuleContext } from './rule-context.ts';

/** The most entries of a list of header changes. */
export const mostHeaders = 16;

/** Returns the filters of a rule for the requests of one alternative. */
export function filtersOf(
  { action, responseHeaders, cors }: Rule,
  alternative: Alternative,
  { dialect, serviceOf, arrival }: RuleContext,
): readonly HttpFilter[] {
  const own = action.type === 'forward' ? forwardFilters(action, alternative, dialect, serviceOf) : [];
  return [
    ...(cors && !dialect.lacks('route.cors') ? [corsFilter(cors)] : []),
    ...(dialect.lacks('route.response-headers')
      ? []
      : headerFilter(responseHeaders, dialect).map(
          (responseHeaderModifier): HttpFilter => ({
            type: 'ResponseHeaderModifier',
            responseHeaderModifier,
          }),
        )),
    ...own,
    ...(action.type === 'redirect' ? redirectFilter(action, alternative, arrival, dialect) : []),
  ];
}

function forwardFilters(
  { requestHeaders, rewrite, mirrors }: Forward,
  alternative: Alternative,
  dialect: Dialect,
  serviceOf: ServiceOf,
): readonly HttpFilter[] {
  const path =
    rewrite?.path && !dialect.lacks('route.rewrite-path')
      ? slashed(pathModifier(rewrite.path, alternative), dialect.prefixSlashes === 'replaced')
      : undefined;
  const hostname = dialect.lacks('route.rewrite-host') ? undefined : rewrite?.host;
  const changed = { ...(isHostname(hostname) && { hostname }), ...(path && { path }) };
  return [
    ...headerFilter(requestHeaders, dialect).map(
      (requestHeaderModifier): HttpFilter => ({ type: 'RequestHeaderModifier', requestHeaderModifier }),
    ),
    ...(Object.keys(changed).length > 0 ? [{ type: 'URLRewrite', urlRewrite: changed } as const] : []),
    ...(dialect.lacks('route.mirror') ? [] : mirrors.flatMap((mirror) => mirrorFilter(mirror, serviceOf))),
  ];
}

function headerFilter({ set, add, remove }: HeaderChanges, dialect: Dialect): readonly HeaderFilter[] {
  if (set.length + add.length + remove.length === 0) return [];
  const listed = ({ name, value }: HeaderChanges['set'][number]) => ({
    name,
    value: dialect.doublesPercent ? value.replaceAll('%', '%%') : value,
  });
  return [
    {
      ...(set.length > 0 && { set: set.slice(0, mostHeaders).map(listed) }),
      ...(add.length > 0 && { add: add.slice(0, mostHeaders).map(listed) }),
      ...(remove.length > 0 && { remove: remove.slice(0, mostHeaders) }),
    },
  ];
}

function mirrorFilter(mirror: Mirror, serviceOf: ServiceOf): readonly HttpFilter[] {
  const backendRef = serviceOf(mirror);
  if (backendRef === undefined || mirror.percent === 0) return [];
  const share = Number.isInteger(mirror.percent)
    ? { percent: mirror.percent }
    : { fraction: { numerator: Math.round(mirror.percent * 10_000), denominator: 1_000_000 } };
  return [
    {
      type: 'RequestMirror',
      requestMirror: { backendRef, ...(mirror.percent < 100 && share) },
    },
  ];
}

function redirectFilter(
  redirect: Redirect,
  alternative: Alternative,
  arrival: Arrival,
  dialect: Dialect,
): readonly HttpFilter[] {
  const { redirectPorts, redirectSchemes, redirectedPrefixes } = dialect;
  const { host, path, status } = redirect;
  const scheme = isScheme(redirect.scheme) ? redirect.scheme : arrival.scheme;
  const port = redirectPort(redirect, scheme, arrival, redirectPorts);
  const change: PathChange | undefined =
    typeof path === 'string' ? { type: 'replaceFull', value: path } : path;
  // The prefix of every path is the slash itself.
  const isBare = redirectedPrefixes === 'bare' && alternative.path.value === '';
  const modified =
    change && slashed(pathModifier(change, alternative), isBare || dialect.prefixSlashes === 'replaced');
  return [
    {
      type: 'RequestRedirect',
      requestRedirect: {
        ...((redirectSchemes !== 'if changed' || scheme !== arrival.scheme) && { scheme }),
        ...(isHostname(host) && { hostname: host }),
        ...(port !== undefined && { port }),
        ...(modified && { path: modified }),
        statusCode: isRedirectStatus(status) ? status : 302,
      },
    },
  ];
}

/** Returns the port that the filter names; undefined if the mesh chooses the right one by itself. */
function redirectPort(
  { port }: Redirect,
  scheme: 'http' | 'https',
  arrival: Arrival,
  redirectPorts: Dialect['redirectPorts'],
): number | undefined {
  const arrived = arrival.port === defaultPorts[arrival.scheme] ? undefined : arrival.port;
  if (redirectPorts === 'as requested')
    return port ?? (arrived === undefined ? defaultPorts[scheme] : undefined);
  return port === defaultPorts[scheme] ? undefined : (port ?? arrived);
}

const defaultPorts = { http: 80, https: 443 } as const;

/** Returns true if a filter can name the host (`PreciseHostname`): in lower case, without a port. */
export function isHostname(host: string | undefined): host is string {
  return host !== undefined && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(host);
}

function isScheme(scheme: string | undefined): scheme is 'http' | 'https' {
  return scheme === 'http' || scheme === 'https';
}

/** Returns true if a redirect of the Gateway API can have the status. */
export function isRedirectStatus(status: number): status is 301 | 302 | 303 | 307 | 308 {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * Returns a change of the path for the requests of an alternative; undefined if no filter can express it. If the match
 * is a prefix, the prefix is replaced; if the match is a whole path, the whole path is.
 */
export function pathModifier(
  { type, value }: PathChange,
  { path, matched }: Alternative,
): PathModifier | undefined {
  if (type === 'replaceFull') return { type: 'ReplaceFullPath', replaceFullPath: value };
  const change: PathChange = { type, value };
  if (path.type === 'exact') {
    const whole = changedPath(change, matched, path.value);
    return whole === undefined ? undefined : { type: 'ReplaceFullPath', replaceFullPath: whole };
  }
  if (pathCondition(path).type !== 'PathPrefix' || matched?.type === 'regex') return undefined;
  const prefix = replacedPrefix(change, matched, path);
  return prefix === undefined ? undefined : { type: 'ReplacePrefixMatch', replacePrefixMatch: prefix };
}

/** Returns a change of the path whose prefix ends in a slash, if the slash behind the replaced prefix goes with it. */
function slashed(modifier: PathModifier | undefined, isReplaced: boolean): PathModifier | undefined {
  const prefix = modifier?.replacePrefixMatch;
  if (!isReplaced || modifier === undefined || prefix === undefined) return modifier;
  return { ...modifier, replacePrefixMatch: prefix.replace(/\/*$/, '/') };
}

/** Returns the replacement of a narrower match's prefix: `/new/a` for `/old/a`, if `/new` replaces `/old`. */
function replacedPrefix(
  change: PathChange,
  matched: PathMatch | undefined,
  path: PathMatch,
): string | undefined {
  return changedPath(change, matched, path.value);
}

function corsFilter(cors: Cors): HttpFilter {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = cors;
  const list = (values: readonly string[]): readonly string[] =>
    values.includes('*') ? ['*'] : values.slice(0, mostCorsEntries);
  return {
    type: 'CORS',
    cors: {
      allowOrigins: list(allowOrigins),
      ...(allowMethods.length > 0 && { allowMethods: list(allowMethods).filter(isCorsMethod) }),
      ...(allowHeaders.length > 0 && { allowHeaders: list(allowHeaders) }),
      ...(exposeHeaders.length > 0 && { exposeHeaders: list(exposeHeaders) }),
      ...(allowCredentials && { allowCredentials }),
      maxAge: maxAge ?? 5,
    },
  };
}

const mostCorsEntries = 64;

type CorsMethod = NonNullable<HttpCors['allowMethods']>[number];

function isCorsMethod(method: string): method is CorsMethod {
  return method === '*' || standardMethods.has(method);
}
