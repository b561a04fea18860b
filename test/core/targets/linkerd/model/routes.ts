import { utf8Bytes } from '../../../../../src/core/lib/utf8-bytes.ts';
import { knownPattern } from '../../../lib/known-pattern.ts';
import type { Changes, Filter, KubernetesObject, Match, RouteRule, RouteSpec } from './objects.ts';

/** A request as a proxy of Linkerd reads it. */
export interface ProxyRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly host: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The server name of a TLS connection. */
  readonly sni: string | undefined;
}

/** The rule of a route that a request goes by. */
export interface Picked {
  readonly route: KubernetesObject;
  readonly rule: RouteRule;
}

/** The precedence of a match, by the first number that differs: the greater one is taken. */
type Rank = readonly number[];

/**
 * Returns the rule that Linkerd picks: that of the most specific match among all routes; of equals the first, by the order
 * of routes and rules. Written from linkerd-http-route of the proxy: a host first (an exact one before a suffix), then the
 * characters of the path that the match covers (an exact path and a pattern cover all), a method, the number of headers,
 * the number of query parameters.
 */
export function pick(routes: readonly KubernetesObject[], request: ProxyRequest): Picked | undefined {
  let best: (Picked & { readonly rank: Rank }) | undefined;
  for (const route of routes) {
    const { hostnames, rules } = route.spec as RouteSpec;
    const host = hostRank(hostnames, request.host);
    if (host === undefined) continue;
    for (const rule of rules) {
      const matches = rule.matches ?? [{}];
      for (const match of matches) {
        const own = route.kind === 'GRPCRoute' ? grpcRank(match, request) : httpRank(match, request);
        if (own === undefined) continue;
        const rank = [...host, ...own];
        if (best === undefined || isGreater(rank, best.rank)) best = { route, rule, rank };
      }
    }
  }
  return best;
}

function isGreater(one: Rank, other: Rank): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}

/** Returns undefined if no hostname takes the host. */
function hostRank(hostnames: readonly string[] | undefined, host: string): Rank | undefined {
  if (hostnames === undefined) return [0, 0];
  const name = host.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();
  const ranks = hostnames.flatMap((own): readonly Rank[] => {
    if (own === name) return [[2, own.length]];
    return own.startsWith('*.') && name.endsWith(own.slice(1)) && name.length >= own.length
      ? [[1, own.length]]
      : [];
  });
  return ranks.sort((a, b) => (isGreater(a, b) ? -1 : 1))[0];
}

function httpRank(
  { path, method, headers = [], queryParams = [] }: Match,
  request: ProxyRequest,
): Rank | undefined {
  const covered = pathLength(path, request.path);
  if (covered === undefined || (method !== undefined && method !== request.method)) return undefined;
  if (!headers.every((one) => request.headers.some((own) => own.name === one.name && fits(one, own.value))))
    return undefined;
  const parameters = [...new URLSearchParams(request.query ?? '')];
  if (!queryParams.every((one) => parameters.some(([name, value]) => name === one.name && fits(one, value))))
    return undefined;
  return [covered, Number(method !== undefined), headers.length, queryParams.length];
}

function grpcRank({ method, headers = [] }: Match, request: ProxyRequest): Rank | undefined {
  const [, service = '', name = ''] = request.path.split('/');
  const asked = typeof method === 'object' ? method : {};
  if ((asked.service ?? service) !== service || (asked.method ?? name) !== name) return undefined;
  if (!headers.every((one) => request.headers.some((own) => own.name === one.name && fits(one, own.value))))
    return undefined;
  return [asked.service?.length ?? 0, asked.method?.length ?? 0, headers.length, 0];
}

function pathLength(condition: Match['path'], path: string): number | undefined {
  if (condition === undefined) return 1;
  const { type, value } = condition;
  if (type === 'Exact') return path === value ? path.length : undefined;
  if (type === 'RegularExpression') return isWhole(value, path) ? path.length : undefined;
  if (value === '/') return 1;
  const prefix = value.replace(/\/+$/, '');
  const rest = path.replace(/\/+$/, '');
  if (!rest.startsWith(prefix)) return undefined;
  const suffix = rest.slice(prefix.length);
  return suffix === '' || suffix.startsWith('/') ? prefix.length : undefined;
}

function fits({ type, value }: { readonly type: string; readonly value: string }, own: string): boolean {
  return type === 'Exact' ? value === own : isWhole(value, own);
}

/** The first way in which a pattern matches has to be all of the value (`Regex::find` of Rust). */
function isWhole(pattern: string, value: string): boolean {
  const found = knownPattern(pattern).matcher(utf8Bytes(value));
  return found.find() && found.start() === 0 && found.end() === utf8Bytes(value).length;
}

/** Returns the first filter of a kind. */
export function filterOf({ filters = [] }: RouteRule, type: string): Filter | undefined {
  return filters.find((filter) => filter.type === type);
}

/** Returns headers as a modifier leaves them. */
export function changed(
  headers: ProxyRequest['headers'],
  { set = [], add = [], remove = [] }: Changes = {},
): ProxyRequest['headers'] {
  const gone = new Set([...set.map(({ name }) => name), ...remove]);
  return [...headers.filter(({ name }) => !gone.has(name)), ...set, ...add];
}
