import type { RouteMatch } from '../../../ir/match.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import type { Backend, Route, Rule } from '../../../ir/route.ts';
import { append } from '../../../lib/append.ts';
import type { Destination, RouteDestination, TcpRoute, TlsRoute } from '../crds/parts.ts';
import type { Caller, Callers } from './callers.ts';
import { covers } from './egress-listener.ts';

/** The place of the rules of a tls or tcp port. */
export interface StreamContext {
  readonly port: number;
  /** Server names that together cover every name, for rules in which Istio requires some. */
  readonly names: readonly string[];
  callers(from: readonly PrincipalMatch[] | undefined): Callers;
  destination(to: Backend): Destination;
  /** The gateway hostname that the rules are for, which limits the server names. */
  readonly within?: string;
  /** A destination without instances, for connections that no rule matches; if absent, Istio closes these itself. */
  readonly nowhere?: Destination;
}

/**
 * Returns a Route's rules as `tls` of a VirtualService. The most specific server name decides whatever the order, so a
 * name that an earlier rule matches is left out. Each name has its own match: of equal names Istio keeps the first that
 * a caller has.
 */
export function tlsRoutes(route: Route, context: StreamContext): readonly TlsRoute[] {
  const taken: string[] = [];
  const routes: TlsRoute[] = [];
  for (const rule of route.rules) {
    const match = conditions(rule, context).flatMap(({ sni = context.names, caller }) =>
      sni
        .flatMap((name) => narrower(name, context.within))
        .filter((name) => !taken.some((wider) => covers(wider, name)))
        .map((name) => ({ port: context.port, sniHosts: [name], ...caller })),
    );
    for (const { port: _port, sniHosts, ...caller } of match)
      if (Object.keys(caller).length === 0) append(taken, sniHosts);
    if (match.length > 0) routes.push({ match, route: shares(rule, context) });
  }
  // Without any match a caller would get Istio's default: every connection goes to any instance.
  const [name = ''] = context.names;
  return taken.length > 0
    ? routes
    : [...routes, ...nowhere({ port: context.port, sniHosts: [name] }, context)];
}

/** Returns a Route's rules as `tcp` of a VirtualService: the first one for this port and caller. */
export function tcpRoutes(route: Route, context: StreamContext): readonly TcpRoute[] {
  const routes: TcpRoute[] = [];
  for (const rule of route.rules) {
    const asked = conditions(rule, context);
    if (asked.length === 0) continue;
    const match = asked.map(({ caller }) => ({ port: context.port, ...caller }));
    routes.push({ match, route: shares(rule, context) });
    if (asked.some(({ caller }) => Object.keys(caller).length === 0)) return routes;
  }
  return [...routes, ...nowhere({ port: context.port }, context)];
}

/** Returns the names that two names share, as a name; an empty list if they share none. */
function narrower(name: string, within: string | undefined): readonly string[] {
  if (within === undefined || covers(within, name)) return [name];
  return covers(name, within) ? [within] : [];
}

interface Condition {
  readonly sni?: readonly string[];
  readonly caller: Omit<Caller, 'identity'>;
}

function conditions({ matches }: Rule, context: StreamContext): readonly Condition[] {
  const asked: readonly (RouteMatch | undefined)[] = matches.length === 0 ? [undefined] : matches;
  return asked
    .filter((match) => match?.port === undefined || match.port === context.port)
    .flatMap((match) =>
      context
        .callers(match?.from)
        // A connection has no header in which a waypoint could record the caller.
        .flatMap(({ identity, ...caller }) =>
          identity === undefined ? [{ ...(match?.sni && { sni: match.sni }), caller }] : [],
        ),
    );
}

/** A route that closes connections. */
interface Closing<M> {
  readonly match: readonly M[];
  readonly route: readonly RouteDestination[];
}

/** A connection is closed if no backend has a share. */
function shares({ action }: Rule, context: StreamContext): readonly RouteDestination[] {
  if (action.type !== 'forward') return [];
  const getting = action.backends.filter(({ weight }) => weight > 0);
  if (getting.length === 0 && context.nowhere !== undefined) return [{ destination: context.nowhere }];
  return getting.map((backend) => ({
    destination: context.destination(backend),
    ...(getting.length > 1 && { weight: backend.weight }),
  }));
}

function nowhere<M>(match: M, { nowhere: closed }: StreamContext): readonly Closing<M>[] {
  return closed === undefined ? [] : [{ match: [match], route: [{ destination: closed }] }];
}
