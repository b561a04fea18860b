import { createHash } from 'node:crypto';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Port, Service } from '../../../../src/core/ir/service.ts';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';

/** A pod of a mesh: one for each service, and one for each gateway, which calls only. */
export interface Pod {
  /** The id of the service or gateway. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly account: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly address: string;
}

/** Returns the pods of a mesh, at addresses of their own from `subnet` (`127.40`). */
export function podsOf({ services, gateways }: Ir, subnet: string): readonly Pod[] {
  return [...Object.values(services), ...Object.values(gateways)].map((one, index) => ({
    id: one.id,
    name: one.name,
    namespace: one.namespace,
    account: one.workload.principal.serviceAccount,
    labels: {
      ...one.workload.labels,
      ...('versions' in one && versionLabels(one)),
      // The label by which Open Service Mesh knows the proxy of a pod.
      'osm-proxy-uuid': uuidOf(one.id),
    },
    address: `${subnet}.${String(index >> 8)}.${String((index & 255) + 1)}`,
  }));
}

/** Returns the labels of the first version of a service, by which its own Service selects pods. */
function versionLabels({ versions: [version] }: Service): Readonly<Record<string, string>> {
  if (version === undefined) return {};
  return Object.keys(version.labels).length > 0 ? version.labels : { version: version.name };
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Returns the objects of a cluster with these pods: those that a target expects to be there, with the Services of
 * versions among its artifacts.
 */
export function clusterObjects(
  ir: Ir,
  pods: readonly Pod[],
  artifacts: readonly ObjectArtifact[],
): readonly object[] {
  const namespaces = [...new Set(pods.map(({ namespace }) => namespace))];
  const accounts = new Set(pods.map(({ namespace, account }) => `${namespace} ${account}`));
  const called = Object.values(ir.services).filter(({ ports }) => ports.length > 0);
  const own = called.map((service) => ({
    service,
    name: service.name,
    selector: service.workload.labels,
  }));
  const ofVersions = artifacts
    .filter(({ kind }) => kind === 'Service')
    .flatMap(({ name, namespace, manifest }) => {
      const { selector } = (manifest as unknown as { spec: { selector: Record<string, string> } }).spec;
      const service = called.find(
        (one) =>
          one.namespace === namespace &&
          name.startsWith(`${one.name}-`) &&
          Object.entries(one.workload.labels).every(([key, value]) => selector[key] === value),
      );
      return service === undefined ? [] : [{ service, name, selector }];
    });
  return [
    ...namespaces.map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'openservicemesh.io/monitored-by': 'osm' } },
    })),
    ...[...accounts].map((account) => {
      const [namespace, name] = account.split(' ');
      return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
    }),
    ...pods.map(({ name, namespace, account, labels, address }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels },
      spec: { serviceAccountName: account, containers: [{ name: 'app', image: 'app' }] },
      status: { podIP: address, podIPs: [{ ip: address }], phase: 'Running' },
    })),
    ...[...own, ...ofVersions].flatMap(({ service, name, selector }, index) => {
      const { namespace, ports } = service;
      const selected = pods.filter(
        (pod) =>
          pod.namespace === namespace &&
          pod.id in ir.services &&
          Object.entries(selector).every(([key, value]) => pod.labels[key] === value),
      );
      // Traefik Mesh reads the kind of all ports of a Service there.
      const annotations = ports.some(({ http }) => http) ? {} : { 'mesh.traefik.io/traffic-type': 'tcp' };
      const metadata = { name, namespace, annotations };
      return [
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata,
          spec: {
            clusterIP: `10.8.${String(index >> 8)}.${String((index & 255) + 1)}`,
            selector,
            ports: ports.map(servicePort),
          },
        },
        ...(selected.length === 0
          ? []
          : [
              {
                apiVersion: 'v1',
                kind: 'Endpoints',
                metadata,
                subsets: [
                  {
                    addresses: selected.map((pod) => ({
                      ip: pod.address,
                      targetRef: { kind: 'Pod', name: pod.name, namespace },
                    })),
                    ports: ports.map(endpointPort),
                  },
                ],
              },
            ]),
      ];
    }),
  ];
}

function servicePort({ name, number, targetPort, http }: Port): object {
  return { name, port: number, targetPort, protocol: 'TCP', appProtocol: http ? 'http' : 'tcp' };
}

function endpointPort({ name, targetPort, http }: Port): object {
  return { name, port: targetPort, protocol: 'TCP', appProtocol: http ? 'http' : 'tcp' };
}

/** Returns the pods of a service by its id. */
export function podOf(pods: readonly Pod[], { id }: Pick<Service, 'id'>): Pod {
  const found = pods.find((pod) => pod.id === id);
  if (found === undefined) throw new Error(`no pod of ${id}`);
  return found;
}
