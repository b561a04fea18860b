import type { Access } from '../../ir/access.ts';
import type { Ir } from '../../ir/ir.ts';
import { mtlsOf, type Port, type Service } from '../../ir/service.ts';
import type { Settings } from '../../ir/settings.ts';
import type { Artifact } from '../artifact.ts';
import { duration } from '../kubernetes-objects/duration.ts';
import { consulProtocol, type Lowering, type NamedPort, namedPorts } from './context.ts';
import type { ServiceDefaultsSpec } from './crds/consul.gen.ts';
import { entry } from './entry.ts';

type UpstreamConfig = NonNullable<ServiceDefaultsSpec['upstreamConfig']>;
type Upstream = NonNullable<UpstreamConfig['defaults']>;

/** Returns the defaults of each service of Consul: its protocol, and the limits of the calls that its proxies send. */
export function serviceDefaults(lowering: Lowering): readonly Artifact[] {
  const { ir, names, options } = lowering;
  const limited = namedPorts(lowering).filter(({ service }) => hasLimits(service.settings));
  const callees = new Map<string, UpstreamConfig>();
  return Object.values(ir.services).flatMap((service) => {
    const head = { namespace: service.namespace, from: `Service/${service.id}`, origins: [service.origin] };
    const upstreamConfig = upstreamConfigOf(service, limited, callees);
    if (service.ports.length === 0)
      return names
        .ofCaller(service.id)
        .map((name) =>
          entry(
            { kind: 'ServiceDefaults', ...head, name, spec: { protocol: 'http', upstreamConfig } },
            options,
          ),
        );
    return service.ports.map((port) =>
      entry(
        {
          kind: 'ServiceDefaults',
          ...head,
          name: names.ofPort(service.id, port.name) ?? service.name,
          spec: {
            protocol: consulProtocol(port),
            ...mtlsMode(service, port, lowering),
            upstreamConfig,
          },
        },
        options,
      ),
    );
  });
}

/** Returns true if a call without an identity to a port needs no check: Consul lets such a call past all intentions. */
export function isOpenWithoutIdentity(service: Service, port: Port): boolean {
  const { access, authentication } = service;
  if (mtlsOf(service, port) !== 'permissive' || access.deny.length > 0) return false;
  if (authentication !== undefined || service.settings.rateLimit !== undefined) return false;
  return !access.closed || access.allow.some((rule) => letsEverybodyIn(rule, port));
}

function letsEverybodyIn({ from, to, when, except }: Access['allow'][number], port: Port): boolean {
  const isAnyone = from?.some(({ type }) => type === 'anyone') ?? true;
  const isEveryCall =
    to?.some(
      ({ ports, methods, paths, hosts, headers }) =>
        (ports?.includes(port.name) ?? true) &&
        [methods, paths, hosts, headers].every((condition) => condition === undefined),
    ) ?? true;
  return isAnyone && isEveryCall && when === undefined && except === undefined;
}

function mtlsMode(
  service: Service,
  port: Port,
  { options }: Lowering,
): Pick<ServiceDefaultsSpec, 'mutualTLSMode'> {
  const isPermissive = options.mode === 'kubernetes' && isOpenWithoutIdentity(service, port);
  // Without a mode that of all proxies would hold.
  return { mutualTLSMode: isPermissive ? 'permissive' : 'strict' };
}

/** Returns true if calls to a service have other limits than those of every call. */
function hasLimits({ connections, outlierDetection }: Settings): boolean {
  const { maxConnections, maxPendingRequests, maxRequests } = connections;
  return (
    outlierDetection !== undefined ||
    [maxConnections, maxPendingRequests, maxRequests].some((limit) => limit !== undefined)
  );
}

/** Returns the limits of the calls of a service: Consul keeps the limits of a callee at each of its callers. */
function upstreamConfigOf(
  { calls, namespace }: Service,
  limited: readonly NamedPort[],
  made: Map<string, UpstreamConfig>,
): UpstreamConfig {
  const called = calls && new Set(calls.map(({ service }) => service));
  const seen = limited.filter(({ service }) =>
    called === undefined
      ? service.exposeTo === 'all' || service.exposeTo.includes(namespace)
      : called.has(service.id),
  );
  const key = seen.map(({ name }) => name).join(' ');
  const known = made.get(key);
  if (known !== undefined) return known;
  const overrides = seen
    .map(({ name, service }) => ({ name, ...upstreamOf(service.settings) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const config = { defaults: upstreamWithoutLimits, ...(overrides.length > 0 && { overrides }) };
  made.set(key, config);
  return config;
}

/** A number that no proxy reaches; without a number Envoy's own limit of 1,024 holds. */
const unlimited = 2_147_483_647;

/** An ejection that never ejects; without it Envoy ejects an instance after five failures in a row. */
const noEjection = { enforcingConsecutive5xx: 0, maxEjectionPercent: 0 };

const upstreamWithoutLimits: Upstream = {
  limits: { maxConnections: unlimited, maxPendingRequests: unlimited, maxConcurrentRequests: unlimited },
  passiveHealthCheck: noEjection,
};

function upstreamOf({ connections, outlierDetection }: Settings): Upstream {
  const { maxConnections, maxPendingRequests, maxRequests } = connections;
  return {
    limits: {
      maxConnections: maxConnections ?? unlimited,
      maxPendingRequests: maxPendingRequests ?? unlimited,
      maxConcurrentRequests: maxRequests ?? unlimited,
    },
    passiveHealthCheck:
      outlierDetection === undefined || outlierDetection.consecutive5xx === 0
        ? noEjection
        : {
            interval: duration(outlierDetection.interval),
            maxFailures: outlierDetection.consecutive5xx,
            enforcingConsecutive5xx: 100,
            maxEjectionPercent: Math.floor(outlierDetection.maxEjectionPercent),
            baseEjectionTime: duration(outlierDetection.baseEjectionTime),
          },
  };
}

/** Returns the text of the limits of a service, which two services with equal limits share. */
export function limitsText({ services }: Ir, id: string): string {
  const settings = services[id]?.settings;
  return settings === undefined ? '' : JSON.stringify(upstreamOf(settings));
}
