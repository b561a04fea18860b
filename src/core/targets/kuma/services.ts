import type { Port } from '../../ir/service.ts';
import type { Artifact } from '../artifact.ts';
import {
  type AppProtocols,
  podLabels,
  versionServiceObjects,
} from '../gateway-api-objects/version-services.ts';
import type { Lowering } from './context.ts';
import { resource } from './resource.ts';
import { namespaceLabel, universalName } from './service-ref.ts';

/** `appProtocol` of a port in Kuma's words; without one a port is TCP, and no route or retry has an effect on it. */
const appProtocols: AppProtocols = {
  http: 'http',
  http2: 'http2',
  grpc: 'grpc',
  tls: 'tcp',
  tcp: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  postgres: 'tcp',
  redis: 'tcp',
};

/** Returns the Kubernetes Services of versions, or outside of Kubernetes the MeshServices of services and versions. */
export function services(lowering: Lowering): readonly Artifact[] {
  const { ir, options, versions } = lowering;
  if (options.mode === 'kubernetes')
    return options.versionServices === 'write'
      ? versionServiceObjects(versions, options.versionLabel, appProtocols)
      : [];
  const whole = Object.values(ir.services)
    .filter(({ ports }) => ports.length > 0)
    .map((service) => ({
      service,
      name: service.name,
      labels: service.workload.labels,
      origin: service.origin,
    }));
  const single = [...versions.values()].map((own) => ({
    service: own.service,
    name: own.name,
    labels: podLabels(own, options.versionLabel),
    origin: own.version.origin,
  }));
  return [...whole, ...single].map(({ service, name, labels, origin }) =>
    resource(
      {
        kind: 'MeshService',
        name: universalName(name, service.namespace),
        from: `Service/${service.id}`,
        origins: [origin],
        spec: {
          selector: { dataplaneLabels: { matchLabels: { ...labels, [namespaceLabel]: service.namespace } } },
          ports: service.ports.map(portOf),
        },
      },
      options,
    ),
  );
}

function portOf({ name, number, targetPort, protocol }: Port) {
  return { name, port: number, targetPort, appProtocol: appProtocols[protocol] ?? 'tcp' };
}
