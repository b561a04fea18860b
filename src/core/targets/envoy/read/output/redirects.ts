import { compilePattern } from '../../../../lib/compile-pattern.ts';
import { redirectLocation } from '../../../../semantics/redirect.ts';
import type { Redirect, RouteRule } from '../../../../spec/types.gen.ts';
import type { Reading } from './reading.ts';
import type { ReadRoute, RulesPlace } from './rules.ts';

type Parts = Pick<Redirect, 'scheme' | 'host' | 'port' | 'status'>;

const defaults = { http: 80, https: 443 } as const;

/**
 * Returns the redirect of which the routes of a rule are forms for different hosts: the one that sends every host of the request to
 * the same place as Envoy does.
 */
export function redirectOf(
  reading: Reading,
  routes: readonly ReadRoute[],
  place: RulesPlace,
): { readonly rule: RouteRule; readonly routes: readonly ReadRoute[] } {
  const general = routes.filter(({ match }) => match.authority.length === 0);
  const [first] = general;
  if (first?.action.type !== 'redirect') {
    for (const { field } of routes.slice(0, 1)) reading.report(field, 'a redirect for all hosts');
    return { rule: {}, routes };
  }
  const { redirect } = first.action;
  const candidates = candidatesOf(redirect, place.scheme);
  const groups = groupsOf(reading, routes);
  const found = candidates.find((candidate) =>
    groups.every((group) => hostsOf(place).every((host) => isSame(candidate, group, host, place))),
  );
  if (found === undefined) reading.report(first.field, 'forms of one redirect');
  return { rule: { redirect: found ?? redirect }, routes: general };
}

/** Groups the routes by their other conditions: in each group the first whose expression fits the host decides. */
function groupsOf(reading: Reading, routes: readonly ReadRoute[]): readonly (readonly ReadRoute[])[] {
  const groups = new Map<string, ReadRoute[]>();
  for (const route of routes) {
    if (route.match.authority.length > 1) reading.report(route.field, 'one condition on the host');
    const key = JSON.stringify({
      ...route.match,
      authority: [],
      callers: route.match.callers.map(({ value }) => value),
    });
    groups.set(key, [...(groups.get(key) ?? []), route]);
  }
  return [...groups.values()];
}

/** Returns the redirects that may be meant: the simplest first. */
function candidatesOf(general: Parts, scheme: 'http' | 'https'): readonly Parts[] {
  const { port, ...rest } = general;
  const to = general.scheme ?? scheme;
  const ports = [port, undefined, defaults[to]];
  const schemes = to === scheme ? [undefined, to] : [to];
  return ports.flatMap((one) =>
    schemes.map((two): Parts => {
      const { scheme: _, ...others } = rest;
      return { ...others, ...(two && { scheme: two }), ...(one !== undefined && { port: one }) };
    }),
  );
}

/** Returns hosts of all forms that matter: the known names or another one, with every port that is mentioned, or none. */
function hostsOf({ names, port }: RulesPlace): readonly string[] {
  const hosts = names.length > 0 ? names : ['some.example'];
  const ports = names.length > 0 ? [port] : [port, 80, 443, 8099];
  return hosts.flatMap((host) => [host, ...[...new Set(ports)].map((one) => `${host}:${String(one)}`)]);
}

function isSame(
  candidate: Parts,
  group: readonly ReadRoute[],
  host: string,
  { scheme }: RulesPlace,
): boolean {
  const chosen = group.find(({ match }) => match.authority.every((regex) => takesHost(regex, host)));
  if (chosen?.action.type !== 'redirect') return false;
  const arrival = { host, scheme, path: '/', query: undefined } as Parameters<typeof redirectLocation>[1];
  return nativeLocation(chosen.action.redirect, host, scheme) === redirectLocation(candidate, arrival);
}

function takesHost(regex: string, host: string): boolean {
  try {
    return compilePattern(regex).testExact(host);
  } catch {
    return false;
  }
}

/**
 * Returns where Envoy sends a request: a new host replaces the host with its port; a new port replaces the port; a default port of
 * the old scheme goes if the scheme changes.
 */
function nativeLocation({ scheme, host, port }: Parts, requested: string, old: 'http' | 'https'): string {
  const to = scheme ?? old;
  const [name = '', written] = requested.split(':');
  const dropped = to !== old && written === String(defaults[old]);
  const kept = dropped || written === undefined ? name : requested;
  const [base = ''] = (host ?? kept).split(':');
  const authority = port === undefined ? (host ?? kept) : `${base}:${String(port)}`;
  // A default port that is written means the same as none.
  const end = `:${String(defaults[to])}`;
  return `${to}://${port !== undefined && authority.endsWith(end) ? authority.slice(0, -end.length) : authority}/`;
}
