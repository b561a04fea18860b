import type { Port, Service } from '../../../ir/service.ts';
import type { Artifact } from '../../artifact.ts';
import { duration } from '../../kubernetes-objects/duration.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Lowering } from '../context.ts';
import { resource } from '../resource.ts';
import { callee, namesOf } from '../service-ref.ts';

/** Returns the times of calls to each port, and of connections to each version. */
export function timeouts(lowering: Lowering): readonly Artifact[] {
  const { options } = lowering;
  return Object.values(lowering.ir.services)
    .filter(({ ports }) => ports.length > 0)
    .map((service) => {
      const { connectTimeout, idleTimeout } = service.settings.connections;
      const connections = { connectionTimeout: duration(connectTimeout), idleTimeout: time(idleTimeout) };
      return resource(
        {
          kind: 'MeshTimeout',
          name: objectName(service.namespace, service.name),
          from: `Service/${service.id}`,
          origins: [service.origin],
          spec: {
            targetRef: { kind: 'Mesh' },
            to: [
              ...namesOf(service, lowering).map((name) => ({
                targetRef: callee(name, service.namespace, options),
                default: connections,
              })),
              ...service.ports
                .filter(({ http }) => http)
                .map((port) => ({
                  targetRef: callee(service.name, service.namespace, options, port),
                  default: { http: { ...endless, requestTimeout: time(portTimeout(service, port)) } },
                })),
            ],
          },
        },
        options,
      );
    });
}

/** Returns the times at servers: a caller's proxy counts them, and two proxies would let the smaller win. */
export const serverTimes = {
  requestTimeout: '0s',
  streamIdleTimeout: '0s',
  maxStreamDuration: '0s',
  maxConnectionDuration: '0s',
} as const;

const { requestTimeout: _, ...endless } = serverTimes;

/** Returns the timeout of the requests to a port, in milliseconds: that of its rules if all have the same. */
export function portTimeout({ settings }: Pick<Service, 'settings'>, { route }: Port): number {
  const [first, ...others] = new Set(
    route.rules.flatMap(({ action }) => (action.type === 'forward' ? [action.timeout] : [])),
  );
  return first === undefined || others.length > 0 ? settings.timeout : first;
}

function time(milliseconds: number): string {
  return milliseconds === 0 ? '0s' : duration(milliseconds);
}
