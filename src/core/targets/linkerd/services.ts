import type { Service } from '../../ir/service.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { type AppProtocols, serviceSpec } from '../gateway-api-objects/version-services.ts';
import { object } from '../kubernetes-objects/object.ts';
import type { Lowering } from './context.ts';
import type { Annotations } from './outbound/annotations.ts';
import { duration } from './outbound/duration.ts';

/**
 * `appProtocol` of a Service port, of those that Linkerd knows; any other would make a port opaque. That of TLS is left
 * out, so that Linkerd sees it is TLS.
 */
export const appProtocols: AppProtocols = {
  http: 'http',
  http2: 'kubernetes.io/h2c',
  grpc: 'kubernetes.io/h2c',
  tcp: 'linkerd.io/opaque',
  mongo: 'linkerd.io/opaque',
  mysql: 'linkerd.io/opaque',
  postgres: 'linkerd.io/opaque',
  redis: 'linkerd.io/opaque',
};

/** Returns the annotations of a Kubernetes Service by which Linkerd ejects instances that fail. */
export function ejectionAnnotations({ settings }: Pick<Service, 'settings'>): Annotations {
  const { outlierDetection } = settings;
  if (outlierDetection === undefined) return {};
  const { consecutive5xx, consecutiveGatewayErrors, baseEjectionTime } = outlierDetection;
  const failures = consecutive5xx > 0 ? consecutive5xx : consecutiveGatewayErrors;
  if (failures === 0) return {};
  const accrual = 'balancer.linkerd.io/failure-accrual';
  return {
    [accrual]: 'consecutive',
    [`${accrual}-consecutive-max-failures`]: String(failures),
    [`${accrual}-consecutive-min-penalty`]: duration(baseEjectionTime),
    [`${accrual}-consecutive-max-penalty`]: duration(Math.max(baseEjectionTime, longestPenalty)),
  };
}

/** The longest wait of Linkerd before it tries an instance again, unless the first wait is longer. */
const longestPenalty = 60_000;

/** Returns the Kubernetes Service of each service that has ports, where the target writes these. */
export function serviceObjects({ ir, options }: Lowering): readonly ObjectArtifact[] {
  if (options.services === 'expect') return [];
  return Object.values(ir.services)
    .filter(({ ports }) => ports.length > 0)
    .map((service) => {
      const { id, namespace, name, origin, workload } = service;
      return object({
        apiVersion: 'v1',
        kind: 'Service',
        namespace,
        name,
        from: `Service/${id}`,
        origins: [origin],
        annotations: ejectionAnnotations(service),
        spec: serviceSpec(service, workload.labels, appProtocols),
      });
    });
}
