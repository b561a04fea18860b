import type { Service } from '../../ir/service.ts';
import { mtlsOf } from '../../ir/service.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Limit } from '../target.ts';
import { type Lowering, type NamedPort, namedPorts } from './context.ts';
import { intentionLimits } from './intentions/intentions.ts';
import { portRoutes } from './routes/port-routes.ts';
import { streamSubset } from './routes/streams.ts';
import { isOpenWithoutIdentity, limitsText } from './service-defaults.ts';

/** Returns the places of a mesh that Consul can't express, or at which it lets fewer calls through. */
export function limits(lowering: Lowering): readonly Limit[] {
  const ports = namedPorts(lowering);
  const all = [
    ...ports.flatMap((own) => (own.port.http ? portRoutes(own, lowering).limits : streamLimits(own))),
    ...ports.filter(({ port }) => port.http).flatMap((own) => foreignLimits(own, lowering)),
    ...ports.flatMap((own) => modeLimits(own, lowering)),
    ...Object.values(lowering.ir.services).flatMap(settingLimits),
    ...intentionLimits(lowering),
  ];
  return [
    ...new Map(
      all.map((limit) => [canonicalJson({ ...limit, origin: { ...limit.origin } }), limit]),
    ).values(),
  ];
}

function streamLimits({ service, port }: NamedPort): readonly Limit[] {
  const { lost } = streamSubset(service, port);
  if (lost === undefined) return [];
  const { matches, action, origin } = lost;
  const names = matches.find(({ sni }) => sni !== undefined);
  const callers = matches.find(({ from }) => from !== undefined);
  const several = action.type === 'forward' && action.backends.length > 1;
  return [
    {
      feature: several ? 'route.split' : names ? 'route.sni' : callers ? 'route.from' : 'route.order',
      reason: 'Consul divides requests alone: all connections to a port go to one version, or to all of them',
      callers: 'connections to that port are closed',
      origin: several ? origin : (names ?? callers ?? lost).origin,
    },
  ];
}

/** Returns the limits of rules that send to another service: the limits of the service that was called hold there. */
function foreignLimits({ service, port }: NamedPort, { ir }: Lowering): readonly Limit[] {
  const own = limitsText(ir, service.id);
  return port.route.rules.flatMap(({ action }) =>
    action.type !== 'forward'
      ? []
      : action.backends
          .filter((backend) => backend.service in ir.services && limitsText(ir, backend.service) !== own)
          .flatMap((backend) => limitsOfBackend(ir.services[backend.service], service)),
  );
}

function limitsOfBackend(backend: Service | undefined, called: Service): readonly Limit[] {
  return [backend, called].flatMap((one) => {
    if (one === undefined) return [];
    const { outlierDetection, origins } = one.settings;
    const written = Object.entries(origins).find(([path]) => path.startsWith('connections.max'))?.[1];
    const limit = (feature: Limit['feature'], origin: Limit['origin']): Limit => ({
      feature,
      reason:
        'for Consul the limits of the service that is called hold for every service that its rules send to',
      callers: 'other limits hold for requests that go to another service',
      origin,
    });
    return [
      ...(written === undefined ? [] : [limit('settings.connections', written)]),
      ...(outlierDetection === undefined
        ? []
        : [limit('settings.outlier-detection', outlierDetection.origin)]),
    ];
  });
}

function modeLimits({ service, port }: NamedPort, { options }: Lowering): readonly Limit[] {
  if (mtlsOf(service, port) !== 'permissive' || options.mode === 'vms') return [];
  if (isOpenWithoutIdentity(service, port)) return [];
  return [
    {
      feature: 'mtls.permissive',
      reason:
        'Consul lets a call without identity past every intention, token and limit, so that such a port stays strict',
      callers: 'calls without an identity are refused',
      origin: port.mtls === undefined ? service.origin : port.origin,
    },
  ];
}

function settingLimits({ ports, settings }: Service): readonly Limit[] {
  if (ports.length === 0) return [];
  const { connections, loadBalancing, origins } = settings;
  const affinity = loadBalancing.affinity;
  const idle = origins['connections.idleTimeout'];
  const perConnection = origins['connections.maxRequestsPerConnection'];
  return [
    ...(idle !== undefined && connections.idleTimeout !== 3_600_000
      ? [pool(idle, 'connections stay open for an hour without requests')]
      : []),
    ...(perConnection !== undefined && connections.maxRequestsPerConnection > 0
      ? [pool(perConnection, 'connections serve any number of requests')]
      : []),
    ...(affinity !== undefined && ports.some(({ http }) => !http)
      ? [
          {
            feature: 'settings.affinity' as const,
            reason: 'Consul finds the instance of a caller by its requests alone',
            callers: 'a caller of a port without HTTP meets one instance now and another then',
            origin: affinity.origin,
          },
        ]
      : []),
  ];
}

function pool(origin: Limit['origin'], callers: string): Limit {
  return {
    feature: 'settings.connections',
    reason:
      'Consul has limits of connections and requests at a time, and no limit of the life of a connection',
    callers,
    origin,
  };
}
