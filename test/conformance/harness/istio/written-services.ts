import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { type Pod, pods } from './pods.ts';

interface ServiceSpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string; readonly targetPort: number }[];
}

/** Returns the objects with the additions of a cluster to Kubernetes Services: an address, and the selected pods. */
export function withEndpoints(ir: Ir, objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const all = pods(ir).filter(({ admin }) => admin !== '');
  return objects.flatMap((object, position) => {
    if (object.kind !== 'Service' || object.apiVersion !== 'v1') return [object];
    const spec = object['spec'] as ServiceSpec;
    const address = `10.98.${String(Math.floor(position / 250))}.${String((position % 250) + 1)}`;
    const { name, namespace = '' } = object.metadata;
    const selected = all.filter((pod) => pod.namespace === namespace && isSelected(pod, spec));
    return [
      { ...object, spec: { ...spec, clusterIP: address, clusterIPs: [address] } },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: `${name}-1`, namespace, labels: { 'kubernetes.io/service-name': name } },
        addressType: 'IPv4',
        ports: spec.ports.map((port) => ({ name: port.name, port: port.targetPort, protocol: 'TCP' })),
        endpoints: selected.map((pod) => ({
          addresses: [pod.ip],
          conditions: { ready: true },
          targetRef: { kind: 'Pod', name: pod.name, namespace },
        })),
      },
    ];
  });
}

function isSelected({ labels }: Pod, { selector }: ServiceSpec): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
