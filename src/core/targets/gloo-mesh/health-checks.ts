import type { AccessRule } from '../../ir/access.ts';
import type { Ir } from '../../ir/ir.ts';
import { type HealthCheck, mtlsOf, type Port, type Service } from '../../ir/service.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { duration } from '../kubernetes-objects/duration.ts';
import { hostOf } from '../kubernetes-objects/host.ts';
import type { Limit } from '../target.ts';
import type { ActiveHealthCheckPolicySpec } from './crds/gloo-mesh.gen.ts';
import { object } from './object.ts';

type Check = NonNullable<NonNullable<ActiveHealthCheckPolicySpec['config']>['healthCheck']>;

/** Returns the checks that callers make of services, where the answer is that of the application. */
export function healthChecks({ services }: Ir): readonly ObjectArtifact[] {
  return Object.values(services).flatMap((service) => {
    const { healthCheck, id, namespace, name } = service;
    const [port] = service.ports;
    if (healthCheck === undefined || port === undefined || obstacle(service, healthCheck) !== undefined)
      return [];
    return [
      object({
        kind: 'ActiveHealthCheckPolicy',
        namespace,
        name,
        from: `Service/${id}`,
        origins: [healthCheck.origin],
        spec: {
          applyToDestinations: [
            { selector: { name, namespace }, kind: 'SERVICE', port: { number: port.number } },
          ],
          config: { healthCheck: checkOf(service, port, healthCheck) },
        },
      }),
    ];
  });
}

/** Returns the checks that Gloo Mesh can't make. */
export function healthLimits({ services }: Ir): readonly Limit[] {
  return Object.values(services).flatMap((service) => {
    const { healthCheck } = service;
    const reason = healthCheck && service.ports.length > 0 ? obstacle(service, healthCheck) : undefined;
    return healthCheck === undefined || reason === undefined
      ? []
      : [
          {
            feature: 'service.health-check' as const,
            reason,
            callers: 'instances that fail their check still get calls, as far as Kubernetes calls them ready',
            origin: healthCheck.origin,
          },
        ];
  });
}

/** Returns the reason why a check would not say how the application is; undefined if it does. */
function obstacle(service: Service, { by, port: name }: HealthCheck): string | undefined {
  const { ports, access, authentication, settings } = service;
  const port = ports.find((one) => one.name === name);
  if (ports.length > 1) return 'a policy of Gloo Mesh asks each port of a service for itself';
  if (port === undefined || by.type === 'connection' || !port.http)
    return 'a connection reaches the proxy of an instance alone, which also stands if the application does not';
  if (port.tls !== undefined && mtlsOf(service, port) === 'disabled')
    return 'a check of Gloo Mesh does not start the TLS of the application';
  const letsAllIn =
    access.deny.length === 0 &&
    authentication === undefined &&
    (!access.closed || access.allow.some((rule) => takesAll(rule, port)));
  return letsAllIn && settings.rateLimit === undefined
    ? undefined
    : 'Access, tokens and limits would judge the check of each caller';
}

/** Returns true for a rule that lets every caller in at a port, whatever it asks for. */
function takesAll({ from, to, when, except }: AccessRule, port: Port): boolean {
  const anyone = from?.some(({ type }) => type === 'anyone') ?? true;
  const anything =
    to?.some(({ ports, methods, paths, hosts, headers }) => {
      const asks = [methods, paths, hosts, headers].some((part) => part !== undefined);
      return !asks && (ports?.includes(port.name) ?? true);
    }) ?? true;
  return anyone && anything && when === undefined && except === undefined;
}

function checkOf({ id }: Service, { protocol }: Port, check: HealthCheck): Check {
  const { by, interval, timeout, healthy, unhealthy } = check;
  const every = duration(interval);
  return {
    interval: every,
    // Envoy asks every minute while there are no requests.
    noTrafficInterval: every,
    noTrafficHealthyInterval: every,
    timeout: duration(timeout),
    healthyThreshold: healthy,
    unhealthyThreshold: unhealthy,
    ...(by.type === 'path' && {
      httpHealthCheck: {
        host: hostOf(id),
        path: by.path,
        expectedStatuses: [{ start: 200, end: 400 }],
        // Without these one bad status is enough, whatever the threshold says.
        retriableStatuses: [
          { start: 100, end: 200 },
          { start: 400, end: 600 },
        ],
        ...(protocol !== 'http' && { codecClientType: 'HTTP2' as const }),
      },
    }),
    ...(by.type === 'grpc' && { grpcHealthCheck: { authority: hostOf(id) } }),
  };
}
