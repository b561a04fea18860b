import type { HealthCheck, Port, Service } from '../../../ir/service.ts';
import type { VirtualNodeSpec } from '../crds/app-mesh.gen.ts';

type NodeHealthCheck = NonNullable<NonNullable<VirtualNodeSpec['listeners']>[number]['healthCheck']>;

/** The least and the greatest values of a check, in milliseconds or in consecutive checks. */
const ranges = {
  interval: [5000, 300_000],
  timeout: [2000, 60_000],
  healthy: [2, 10],
  unhealthy: [2, 10],
} as const;

/** Returns true if App Mesh takes the times and thresholds of a check. */
export function isWithinRanges(check: HealthCheck): boolean {
  return (Object.keys(ranges) as (keyof typeof ranges)[]).every((field) => {
    const [least, greatest] = ranges[field];
    return check[field] >= least && check[field] <= greatest;
  });
}

/** Returns the check of a port; undefined if the service has none, or one that App Mesh can't have. */
export function healthCheckOf({ healthCheck, ports }: Service, port: Port): NodeHealthCheck | undefined {
  const checked = ports.find(({ name }) => name === healthCheck?.port);
  if (healthCheck === undefined || checked === undefined || !isWithinRanges(healthCheck)) return undefined;
  const { by, interval, timeout, healthy, unhealthy } = healthCheck;
  return {
    protocol: protocolOf(by, checked),
    ...(by.type === 'path' && { path: by.path }),
    ...(checked.targetPort !== port.targetPort && { port: checked.targetPort }),
    intervalMillis: interval,
    timeoutMillis: timeout,
    healthyThreshold: healthy,
    unhealthyThreshold: unhealthy,
  };
}

function protocolOf({ type }: HealthCheck['by'], { protocol }: Port): NodeHealthCheck['protocol'] {
  if (type === 'grpc') return 'grpc';
  if (type === 'connection') return 'tcp';
  return protocol === 'http' ? 'http' : 'http2';
}
