import { canonicalJson } from '../../../../src/core/lib/canonical-json.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** A waypoint of the target's output, and the Services (`namespace/name`) whose calls go through it. */
export interface Waypoint {
  readonly name: string;
  readonly namespace: string;
  readonly services: readonly string[];
}

type Labels = Readonly<Record<string, string>>;

/** Returns the waypoints among objects. */
export function waypointsOf(objects: readonly KubernetesObject[]): readonly Waypoint[] {
  return gatewaysOf(objects).map((gateway) => ({
    name: gateway.metadata.name,
    namespace: gateway.metadata.namespace ?? '',
    services: Object.keys(needed(gateway)).map((key) => key.replace(/^Service\//, '')),
  }));
}

/**
 * Returns the objects of a cluster in which the waypoints run. Its Services have the labels that the target asks for,
 * and each waypoint has the results of Istio's controller for its Gateway (a Service, a pod, an address in its status).
 */
export function withWaypoints(
  cluster: readonly KubernetesObject[],
  objects: readonly KubernetesObject[],
): readonly KubernetesObject[] {
  const gateways = gatewaysOf(objects);
  const labels: Readonly<Record<string, Labels>> = Object.assign({}, ...gateways.map(needed));
  return [
    ...cluster.map((object) => {
      const { kind, metadata } = object;
      const more = labels[`${kind}/${metadata.namespace ?? ''}/${metadata.name}`];
      return more === undefined
        ? object
        : { ...object, metadata: { ...metadata, labels: { ...metadata.labels, ...more } } };
    }),
    ...objects.filter((object) => !gateways.includes(object)),
    ...gateways.flatMap(running),
  ];
}

/** Returns the labels by which istiod recognises the pods of a waypoint. */
export function waypointLabels(name: string): Labels {
  return {
    'gateway.networking.k8s.io/gateway-name': name,
    'gateway.istio.io/managed': 'istio.io-mesh-controller',
  };
}

/** Returns the address of the waypoint's pod at a position. */
export function waypointAddress(position: number): string {
  return `10.9.0.${String(position + 1)}`;
}

function gatewaysOf(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.filter(({ apiVersion }) => apiVersion.startsWith('gateway.networking.k8s.io/'));
}

function needed({ metadata }: KubernetesObject): Readonly<Record<string, Labels>> {
  const said = metadata.annotations?.['meshwright.dev/needs-labels'] ?? '{}';
  const read = JSON.parse(said) as Readonly<Record<string, Labels>>;
  if (canonicalJson(read) !== said) throw new Error(`${metadata.name} needs what is not canonical: ${said}`);
  return read;
}

function running(gateway: KubernetesObject, position: number): readonly KubernetesObject[] {
  const { name, namespace = '' } = gateway.metadata;
  const labels = waypointLabels(name);
  const ip = waypointAddress(position);
  const vip = `10.97.0.${String(position + 1)}`;
  const metadata = { name, namespace, labels };
  return [
    {
      ...gateway,
      status: { addresses: [{ type: 'Hostname', value: `${name}.${namespace}.svc.cluster.local` }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        clusterIP: vip,
        clusterIPs: [vip],
        selector: labels,
        ports: [{ name: 'mesh', port: 15_008, protocol: 'TCP', appProtocol: 'hbone' }],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { serviceAccountName: name, containers: [{ name: 'istio-proxy', image: 'proxyv2:1.31.0' }] },
      status: {
        phase: 'Running',
        podIP: ip,
        podIPs: [{ ip }],
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    },
  ];
}
