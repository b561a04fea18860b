import type { External } from '../../../ir/external.ts';
import type { Feature } from '../../../ir/feature.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Backend, Rule } from '../../../ir/route.ts';
import { type MtlsMode, mtlsOf, type Service } from '../../../ir/service.ts';
import type { Origin } from '../../../location.ts';
import { hasDefaultConnections, isBalancedByDefault, takesAll } from '../../features-of-every-mesh.ts';
import { listenerFeatures } from '../../features-used.ts';
import type { Limit } from '../../target.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { isGuarded } from './entrances.ts';
import { waypointFor } from './waypoint-for.ts';

/** Returns the limits of ambient. */
export function ambientLimits(ir: Ir, { mode }: LoweringOptions): readonly Limit[] {
  if (mode !== 'ambient') return [];
  return [
    ...Object.values(ir.services).flatMap((service) => [
      ...plainCallers(service),
      ...countedTogether(service),
      ...visibility(service),
      ...ztunnelAlone(ir, service),
      ...service.ports.flatMap(({ http, route }) => [
        ...(http ? noMatch(service, route.rules) : []),
        ...route.rules.flatMap((rule) => [
          ...answers(service, rule),
          ...otherServices(ir, service, rule),
          ...callersTogether(rule),
        ]),
      ]),
    ]),
    ...routedTwice(ir),
    ...Object.values(ir.externals).flatMap((external) => [
      ...outside(external),
      ...external.ports.flatMap(({ route }) => route.rules.flatMap(callersTogether)),
    ]),
  ];
}

function plainCallers(service: Service): readonly Limit[] {
  const places = new Map(
    service.ports.map((port) => [
      mtlsOf(service, port),
      port.mtls === undefined ? service.origin : port.origin,
    ]),
  );
  return [...places].flatMap(([mtls, origin]) => plainCallersOf(service, mtls, origin));
}

function plainCallersOf(service: Service, mtls: MtlsMode, origin: Origin): readonly Limit[] {
  if (mtls === 'strict') return [];
  const limit = (reason: string, callers: string, feature: Feature = `mtls.${mtls}`): Limit => ({
    feature,
    reason,
    callers,
    origin,
  });
  if (isGuarded(service))
    return [
      limit(
        'calls without identity go around the waypoint, which has to check them, so they are refused',
        'calls without identity are refused',
      ),
    ];
  return [
    ...(service.ports.some((port) => port.http && mtlsOf(service, port) === mtls)
      ? [
          limit(
            'calls without identity go around the waypoint, which would refuse unsafe paths and padded headers',
            'such a call with an unsafe path or padded header gets no 400',
            'request.unsafe-paths',
          ),
        ]
      : []),
    ...(mtls === 'disabled'
      ? [
          limit(
            'ambient can not turn identity off',
            'calls have an identity where the spec says that nobody has one',
          ),
        ]
      : []),
  ];
}

/** Returns the limit that a waypoint has one bucket, not one for each instance. */
function countedTogether({ settings: { rateLimit } }: Service): readonly Limit[] {
  if (rateLimit?.scope !== 'instance') return [];
  const reason = 'a waypoint counts the requests to all instances together';
  const callers = 'more requests are refused with 429 where there are several instances';
  return [{ feature: 'settings.rate-limit', reason, callers, origin: rateLimit.origin }];
}

/** Returns the limit that a waypoint has one bucket for a rule, not one for each caller. */
function callersTogether({ action }: Rule): readonly Limit[] {
  if (action.type !== 'forward' || action.rateLimit === undefined) return [];
  const reason =
    'a waypoint counts the requests of all callers together, and those alone that access lets in';
  const callers = 'more requests are refused with 429 where several callers call';
  return [{ feature: 'route.rate-limit', reason, callers, origin: action.rateLimit.origin }];
}

function visibility({ exposeTo, origin }: Service): readonly Limit[] {
  if (exposeTo === 'all') return [];
  const reason =
    'every ztunnel knows every service, so that callers that should not know it are refused instead';
  const callers = 'calls from other namespaces are refused with 403 instead of failing with 404';
  return [{ feature: 'service.expose-to', reason, callers, origin }];
}

/**
 * Returns the limits of services without a waypoint: a ztunnel balances and ends connections in its own way. A service
 * with settings in a document has a waypoint.
 */
function ztunnelAlone(ir: Ir, service: Service): readonly Limit[] {
  const { ports, settings, origin } = service;
  if (ports.length === 0 || waypointFor(ir, service) !== undefined) return [];
  const limit = (feature: Feature, reason: string, callers: string): Limit => ({
    feature,
    reason,
    callers,
    origin,
  });
  return [
    ...(isBalancedByDefault(settings)
      ? [
          limit(
            'settings.default-balancing',
            'no waypoint stands before it, and a ztunnel picks instances at random',
            'connections go to busy instances as often as to others',
          ),
        ]
      : []),
    ...(hasDefaultConnections(settings)
      ? [
          limit(
            'settings.default-connections',
            'no waypoint stands before it, and a ztunnel has limits of its own',
            'a connection to an instance that does not answer fails later, and an idle one stays open',
          ),
        ]
      : []),
  ];
}

const checksFirst = 'a waypoint checks who may call before its routes answer';

/** Returns the limit that a request which no rule matches is checked before it gets 404. */
function noMatch(service: Service, rules: readonly Rule[]): readonly Limit[] {
  const last = rules.at(-1);
  if (last === undefined || !isGuarded(service) || takesAll({ rules })) return [];
  const callers = 'whom access refuses gets 403 instead of 404 where no rule takes the request';
  return [{ feature: 'route.no-match', reason: checksFirst, callers, origin: last.origin }];
}

/** Returns the limit that a waypoint checks access before routes answer and before faults are injected. */
function answers(service: Service, { action, cors }: Rule): readonly Limit[] {
  if (!isGuarded(service)) return [];
  const limit = (feature: Feature, origin: Origin, what: string): Limit => ({
    feature,
    reason: checksFirst,
    callers: `whom access refuses gets 403 ${what}`,
    origin,
  });
  const fault = action.type === 'forward' ? action.fault : undefined;
  return [
    ...(action.type === 'respond' || action.type === 'redirect'
      ? [limit(`route.${action.type}`, action.origin, 'instead of this answer')]
      : []),
    ...(cors === undefined ? [] : [limit('route.cors', cors.origin, 'instead of this answer')]),
    ...(fault?.abort === undefined
      ? []
      : [limit('route.fault-abort', fault.origin, 'instead of the injected status')]),
    ...(fault?.delay === undefined ? [] : [limit('route.fault-delay', fault.origin, 'without the delay')]),
  ];
}

/** Returns the limit that a waypoint which forwards to another service calls it with its own identity. */
function otherServices(ir: Ir, { id }: Service, { action }: Rule): readonly Limit[] {
  if (action.type !== 'forward') return [];
  return [...action.backends, ...action.mirrors].flatMap(({ service, origin }): readonly Limit[] => {
    const other = ir.services[service];
    if (other === undefined || service === id || !isGuarded(other)) return [];
    const reason =
      'the waypoint of one service would go past the access of the other, so it is refused there';
    return [{ feature: 'access.identity', reason, callers: 'these requests fail with 503', origin }];
  });
}

function routedTwice(ir: Ir): readonly Limit[] {
  const listeners = Object.values(ir.gateways).flatMap((gateway) => gateway.listeners);
  return listeners.flatMap(({ protocol, virtualHosts }) => {
    const actions = virtualHosts.flatMap(({ route }) => route.rules.map(({ action }) => action));
    return actions.flatMap((action) =>
      action.type !== 'forward'
        ? []
        : action.backends.flatMap((backend) => asksAgain(ir, backend, listenerFeatures[protocol])),
    );
  });
}

function asksAgain(ir: Ir, { service: id, port, origin }: Backend, feature: Feature): readonly Limit[] {
  const service = ir.services[id];
  const route = service?.ports.find(({ name }) => name === port)?.route;
  if (
    service === undefined ||
    route === undefined ||
    route.implicit ||
    waypointFor(ir, service) === undefined
  )
    return [];
  const reason = 'requests from a gateway take the waypoint of the service, which asks its own Route again';
  const callers = 'requests that came through a gateway are routed a second time';
  return [{ feature, reason, callers, origin }];
}

/**
 * Returns the limits of hosts outside the mesh: policies refuse callers, but can't make a host unknown to them; a
 * wildcard has no waypoint.
 */
function outside({ hosts, addresses, from, origin }: External): readonly Limit[] {
  const limit = (reason: string, callers: string): Limit => ({
    feature: 'external.hosts',
    reason,
    callers,
    origin,
  });
  const wild = addresses.length === 0 && hosts.some((host) => host.startsWith('*'));
  return [
    ...(from === undefined
      ? []
      : [
          limit(
            'every ztunnel knows every host',
            'callers that it is not for are refused with 403 instead of 404',
          ),
        ]),
    ...(wild
      ? [
          limit(
            'no waypoint stands before a host that only a wildcard names',
            'calls to it have no timeouts, retries or checks',
          ),
        ]
      : []),
  ];
}
