import type { Artifact } from '../../artifact.ts';
import { duration } from '../../kubernetes-objects/duration.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Lowering } from '../context.ts';
import { resource } from '../resource.ts';
import { workloads } from '../service-ref.ts';

/** The shortest interval after which Kuma refills a bucket, in milliseconds: it takes those of more than 50 ms. */
export const shortestInterval = 51;

/** Returns the limits that each instance counts for itself. */
export function rateLimits({ ir, options }: Lowering): readonly Artifact[] {
  return Object.values(ir.services).flatMap((service) => {
    const { rateLimit } = service.settings;
    if (rateLimit?.scope !== 'instance') return [];
    const { requests, per, origin } = rateLimit;
    return service.ports
      .filter(({ http }) => http)
      .map((port) =>
        resource(
          {
            kind: 'MeshRateLimit',
            name: objectName(service.namespace, service.name, port.name),
            from: `Service/${service.id}`,
            origins: [origin],
            spec: {
              targetRef: workloads(service, port, options),
              rules: [
                {
                  default: {
                    local: {
                      http: {
                        requestRate: { num: requests, interval: duration(Math.max(per, shortestInterval)) },
                        onRateLimit: { status: 429 },
                      },
                    },
                  },
                },
              ],
            },
          },
          options,
        ),
      );
  });
}
