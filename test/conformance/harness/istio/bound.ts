import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { type Pod, podLabel, pods } from './pods.ts';

interface SidecarSpec {
  readonly workloadSelector?: { readonly labels?: Readonly<Record<string, string>> };
  readonly ingress?: readonly { readonly port: { readonly number: number } }[];
  readonly egress?: readonly object[];
}

interface GatewaySpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly servers?: readonly object[];
}

/**
 * Returns the same objects for proxies on loopback addresses, to which no packet is redirected. The Sidecar that
 * applies to a pod (by its labels, of its namespace, or of the root namespace) becomes a separate one for this pod,
 * whose listeners have addresses of the pod; servers of Gateways get the gateway's address. All else is unchanged, so
 * the target's output determines how requests are treated behind these listeners.
 */
export function bound(ir: Ir, objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const all = pods(ir);
  const sidecars = objects.filter(({ kind }) => kind === 'Sidecar');
  return [
    ...objects.filter(({ kind }) => kind !== 'Sidecar' && kind !== 'Gateway'),
    ...all.flatMap((pod) => (pod.of.type === 'service' ? [ownSidecar(pod, sidecars)] : [])),
    ...objects
      .filter(({ kind, apiVersion }) => kind === 'Gateway' && apiVersion.startsWith('networking.istio.io/'))
      .map((gateway) => boundGateway(gateway, all)),
    ...objects
      .filter(({ kind, apiVersion }) => kind === 'Gateway' && apiVersion.startsWith('gateway.networking.'))
      .flatMap((gateway) => [gateway, ...boundListeners(gateway, all)]),
  ];
}

/**
 * Returns the listeners of a Gateway of the Gateway API, which has no address: they get the address of the gateway's
 * pod.
 */
function boundListeners({ metadata }: KubernetesObject, all: readonly Pod[]): readonly KubernetesObject[] {
  const at = all.find(
    ({ of }) =>
      of.type === 'gateway' &&
      of.gateway.name === metadata.name &&
      of.gateway.namespace === metadata.namespace,
  );
  if (at === undefined) return [];
  return [
    {
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'EnvoyFilter',
      metadata: { name: `bind-${metadata.name}`, namespace: at.namespace },
      spec: {
        workloadSelector: { labels: { [podLabel]: at.name } },
        configPatches: [
          {
            applyTo: 'LISTENER',
            match: { context: 'GATEWAY' },
            patch: {
              operation: 'MERGE',
              value: { address: { socket_address: { address: at.ip } } },
            },
          },
        ],
      },
    },
  ];
}

function ownSidecar(pod: Pod, sidecars: readonly KubernetesObject[]): KubernetesObject {
  const meant = sidecarOf(pod, sidecars);
  const spec = (meant?.['spec'] ?? {}) as SidecarSpec;
  const instance = pod.of.type === 'service' ? pod.of.instance : undefined;
  const ports = pod.of.type === 'service' ? pod.of.service.ports : [];
  const ingress = ports.map(({ name, targetPort, protocol, http }) => ({
    ...spec.ingress?.find(({ port }) => port.number === targetPort),
    port: {
      number: targetPort,
      name,
      protocol: http ? protocol.toUpperCase() : protocol === 'tls' ? 'TLS' : 'TCP',
    },
    bind: pod.ip,
    captureMode: 'NONE',
    // 0.0.0.0 stands for the address of the pod.
    defaultEndpoint: `0.0.0.0:${String(instance?.app[name]?.port ?? 0)}`,
  }));
  const egress = (spec.egress ?? [{ hosts: ['*/*'] }]).map((listener) => ({
    ...listener,
    bind: instance?.outbound.host ?? '',
    captureMode: 'NONE',
  }));
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Sidecar',
    metadata: { name: pod.name, namespace: pod.namespace },
    spec: {
      ...spec,
      workloadSelector: { labels: { [podLabel]: pod.name } },
      ...(ingress.length > 0 ? { ingress } : {}),
      egress,
    },
  };
}

function sidecarOf(pod: Pod, sidecars: readonly KubernetesObject[]): KubernetesObject | undefined {
  const own = sidecars.filter(({ metadata }) => metadata.namespace === pod.namespace);
  const selectorOf = ({ spec }: KubernetesObject) => (spec as SidecarSpec).workloadSelector?.labels;
  return (
    own.find((sidecar) => {
      const labels = selectorOf(sidecar);
      return labels !== undefined && takes(labels, pod);
    }) ??
    own.find((sidecar) => selectorOf(sidecar) === undefined) ??
    sidecars.find(
      (sidecar) => sidecar.metadata.namespace === 'istio-system' && selectorOf(sidecar) === undefined,
    )
  );
}

function boundGateway(gateway: KubernetesObject, all: readonly Pod[]): KubernetesObject {
  const { selector = {}, servers = [], ...spec } = (gateway['spec'] ?? {}) as GatewaySpec;
  const at = all.find((pod) => pod.of.type === 'gateway' && takes(selector, pod));
  if (at === undefined) return gateway;
  return {
    ...gateway,
    spec: { ...spec, selector, servers: servers.map((server) => ({ ...server, bind: at.ip })) },
  };
}

function takes(selector: Readonly<Record<string, string>>, { labels }: Pod): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
