import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Gateway, Listener } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Redirect, Rule } from '../../ir/route.ts';
import { formatOrigin } from '../../location.ts';
import { decide } from '../../semantics/decide.ts';
import type { Outcome } from '../../semantics/outcome.ts';
import type { Request } from '../../semantics/request.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2233: {
    severity: 'warning',
    text: 'this redirects in a circle: {from} leads to {circle}',
    explanation:
      'A browser gives up after some redirects. The place that this rule leads to is redirected again, by this rule or by another one, until the circle is closed. Let a rule before them answer one of the places, or lead elsewhere.',
  },
});

/** Reports redirects at gateways that come back to the place they lead to. */
export const redirectLoop: Analyzer = {
  name: 'redirect-loop',
  description: 'Reports redirects of gateways to a place from which redirects lead back to it.',
  messages,
  analyze({ ir }, report) {
    const seen = new Set<string>();
    for (const place of redirectsOf(ir)) {
      const key = formatOrigin(place.rule.origin);
      const circle = seen.has(key) ? undefined : circleOf(ir, place);
      if (circle === undefined) continue;
      seen.add(key);
      report(finding(messages, 'MESH2233', pointAt(place.redirect.origin), circle));
    }
  },
};

/** A rule that redirects, at one hostname of a listener. */
interface Place {
  readonly gateway: Gateway;
  readonly listener: Listener;
  readonly hostname: string;
  readonly rule: Rule;
  readonly redirect: Redirect;
}

function redirectsOf(ir: Ir): readonly Place[] {
  return Object.values(ir.gateways).flatMap((gateway) =>
    gateway.listeners.flatMap((listener) =>
      listener.virtualHosts.flatMap(({ hostname, route }) =>
        route.rules.flatMap((rule) =>
          rule.action.type === 'redirect'
            ? [{ gateway, listener, hostname, rule, redirect: rule.action }]
            : [],
        ),
      ),
    ),
  );
}

/** Returns the place that a redirect comes back to, if a request for which the rule decides shows one. */
function circleOf(
  ir: Ir,
  { gateway, listener, hostname, rule }: Place,
): { readonly from: string; readonly circle: string } | undefined {
  const host = hostname.replace(/^\*\./, 'any.').replace(/^\*$/, 'any.example');
  const request = requestOf(gateway, listener, host, rule);
  if (request === undefined) return undefined;
  for (const path of [request.path, ...pathsOf(rule)]) {
    const first = decide(ir, { ...request, path });
    if (first.outcome !== 'redirected' || !isDecidedBy(first, rule)) continue;
    const way = wayBack(ir, gateway, request, first.location);
    if (way !== undefined) return { from: path, circle: circleWords(way) };
  }
  return undefined;
}

/** The most redirects that are followed; browsers give up after about 20. */
const mostRedirects = 20;

/** Returns the locations from a place until a redirect leads back to it; undefined if none does. */
function wayBack(ir: Ir, gateway: Gateway, request: Request, place: string): readonly string[] | undefined {
  const way = [place];
  for (let at = place; way.length <= mostRedirects; ) {
    const next = requestAt(gateway, request, at);
    const outcome = next && decide(ir, next);
    if (outcome?.outcome !== 'redirected') return undefined;
    if (outcome.location === place) return way;
    if (way.includes(outcome.location)) return undefined;
    at = outcome.location;
    way.push(at);
  }
  return undefined;
}

function circleWords([place = '', ...others]: readonly string[]): string {
  if (others.length === 0) return `${place}, and that to itself again`;
  return `${place}, that to ${others.join(', that to ')}, and that to ${place} again`;
}

/** Returns other paths for which a rule may decide, though rules before it take the path of its match. */
function pathsOf({ action, matches: [match] }: Rule): readonly string[] {
  const { value = '' } = match?.path ?? {};
  const target = action.type === 'redirect' && typeof action.path === 'string' ? [action.path] : [];
  return match?.path?.type === 'exact' ? [] : [`${value}/other`, ...target];
}

function isDecidedBy({ decidedBy }: Outcome, { origin }: Rule): boolean {
  return decidedBy.some(
    ({ file, line, column }) => file === origin.file && line === origin.line && column === origin.column,
  );
}

/** Returns a request that the first match of a rule takes; undefined if the match asks for more than path and method. */
function requestOf(
  { id }: Gateway,
  { port, protocol }: Listener,
  host: string,
  { matches: [match] }: Rule,
): Request | undefined {
  if (
    match !== undefined &&
    (match.headers.length > 0 || match.query.length > 0 || match.path?.type === 'regex')
  )
    return undefined;
  const { value = '/' } = match?.path ?? {};
  return {
    from: { type: 'anonymous' },
    to: { type: 'gateway', id },
    port,
    method: match?.methods?.[0] ?? 'GET',
    path: value === '' ? '/' : value,
    host,
    ...(protocol === 'https' && { sni: host }),
    headers: [],
  };
}

/** Returns the request that a browser makes for a location, if a listener of the gateway speaks its scheme. */
function requestAt({ listeners }: Gateway, request: Request, location: string): Request | undefined {
  const [, scheme, host = '', path = '/'] = /^(https?):\/\/([^/:?]+)(?::\d+)?([^?]*)/.exec(location) ?? [];
  const same = listeners.find(({ port, protocol }) => protocol === scheme && port === request.port);
  const listener = same ?? listeners.find(({ protocol }) => protocol === scheme);
  if (listener === undefined) return undefined;
  const { sni: _, ...rest } = request;
  return { ...rest, port: listener.port, host, path, ...(scheme === 'https' && { sni: host }) };
}
