import type { External, ExternalPort } from '../../ir/external.ts';
import type { Protocol } from '../../ir/service.ts';
import { isIpAddress } from '../../lib/ip-address.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { object } from '../gateway-api-objects/object.ts';
import { portRoutes } from '../gateway-api-objects/port-routes.ts';
import { object as kubernetesObject } from '../kubernetes-objects/object.ts';
import { backendTls } from './backend-tls.ts';
import type { Lowering } from './context.ts';
import { type ExternalHost, externalHosts, istioGroup, unwritten } from './external-hosts.ts';

/** The API version of Istio's ServiceEntry. */
export const serviceEntryVersion = `${istioGroup}/v1`;

/**
 * Returns the objects of hosts outside the mesh: for each host a ServiceEntry, the BackendTLSPolicy with the TLS that
 * proxies start towards the host, and the routes of its ports. Returns an empty list for an implementation that reads
 * no such routes.
 */
export function externalObjects(lowering: Lowering): readonly ObjectArtifact[] {
  return Object.values(lowering.ir.externals)
    .filter((external) => unwritten(external, lowering.options) === undefined)
    .flatMap((external) =>
      externalHosts(external).flatMap((host) => [
        serviceEntry(external, host),
        ...tlsPolicy(external, host),
        ...routes(external, host, lowering),
      ]),
    );
}

function headOf({ id, namespace, origin }: External, { name }: ExternalHost) {
  return { namespace, name, from: `External/${id}`, origins: [origin] };
}

function serviceEntry(external: External, host: ExternalHost): ObjectArtifact {
  const { addresses, ports } = external;
  const fixed = addresses.length > 0;
  return kubernetesObject({
    apiVersion: serviceEntryVersion,
    kind: 'ServiceEntry',
    ...headOf(external, host),
    spec: {
      hosts: [host.host],
      location: 'MESH_EXTERNAL',
      ports: ports.map(entryPort),
      resolution: fixed && addresses.every(isIpAddress) ? 'STATIC' : 'DNS',
      ...(fixed && { endpoints: addresses.map((address) => ({ address })) }),
    },
  });
}

function entryPort({ name, number, targetPort, protocol }: ExternalPort) {
  return {
    name,
    number,
    protocol: protocols[protocol] ?? 'HTTP',
    ...(targetPort !== number && { targetPort }),
  };
}

/** Istio's names of the protocols whose requests a proxy sees. */
const protocols: Readonly<Partial<Record<Protocol, string>>> = { http: 'HTTP', http2: 'HTTP2', grpc: 'GRPC' };

function tlsPolicy(external: External, host: ExternalHost): readonly ObjectArtifact[] {
  const { tls } = external;
  const { validation } = tls === undefined ? { validation: undefined } : backendTls(external, tls, host.host);
  if (tls === undefined || validation === undefined) return [];
  return [
    object({
      kind: 'BackendTLSPolicy',
      ...headOf(external, host),
      origins: [tls.origin],
      spec: { targetRefs: [{ group: istioGroup, kind: 'ServiceEntry', name: host.name }], validation },
    }),
  ];
}

function routes(external: External, host: ExternalHost, lowering: Lowering): readonly ObjectArtifact[] {
  const { id, namespace, origin, ports } = external;
  return ports.flatMap((port) =>
    portRoutes(
      port,
      {
        namespace,
        name: [host.name, port.name],
        from: `External/${id}`,
        origins: port.route.implicit ? [origin] : port.route.rules.map((rule) => rule.origin),
        parentRefs: [
          { group: istioGroup, kind: 'ServiceEntry', name: host.name, namespace, port: port.number },
        ],
      },
      { ...lowering, serviceOf: lowering.serviceOfHost(external, host.host) },
    ),
  );
}
