import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Protocol } from '../../../../src/core/ir/service.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { type Pod, pods, tlsModeLabel } from './pods.ts';

/**
 * Returns the objects of a cluster that the target `istio` doesn't write: namespaces, service accounts, one Service for
 * each Service and each Gateway, pods and their endpoints.
 */
export function registry(ir: Ir, mode: 'sidecar' | 'ambient'): readonly KubernetesObject[] {
  const all = pods(ir);
  const namespaces = [
    ...Object.values(ir.services),
    ...Object.values(ir.gateways),
    ...Object.values(ir.externals),
  ].map(({ namespace }) => namespace);
  const enrolled =
    mode === 'ambient' ? { 'istio.io/dataplane-mode': 'ambient' } : { 'istio-injection': 'enabled' };
  return [
    namespace('istio-system', {}),
    ...distinct(namespaces).map((name) => namespace(name, enrolled)),
    ...accounts(all),
    ...Object.values(ir.services)
      .filter(({ ports }) => ports.length > 0)
      .flatMap(({ name, namespace: own, ports, workload }, position) =>
        service(own, name, workload.labels, position, all, ports),
      ),
    ...Object.values(ir.gateways).flatMap(({ name, namespace: own, listeners, workload }, position) =>
      service(
        own,
        name,
        workload.labels,
        position + 200,
        all,
        [...new Map(listeners.map((each) => [each.port, each])).values()].map(
          ({ name: port, port: number, protocol }) => ({
            name: port,
            number,
            targetPort: number,
            protocol: protocol === 'https' ? 'tls' : protocol,
          }),
        ),
      ),
    ),
    ...all.map((pod) => podObject(pod, mode)),
  ];
}

function namespace(name: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
  };
}

function accounts(all: readonly Pod[]): readonly KubernetesObject[] {
  const keys = all.map(({ principal }) => `${principal.namespace}/${principal.serviceAccount}`);
  return distinct(keys).map((key) => {
    const [own = '', name = ''] = key.split('/');
    return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: own } };
  });
}

/** Protocols as values of `appProtocol`; databases are TCP to Istio. */
const appProtocols: Readonly<Record<Protocol, string>> = {
  http: 'http',
  http2: 'http2',
  grpc: 'grpc',
  tls: 'tls',
  tcp: 'tcp',
  mongo: 'tcp',
  mysql: 'tcp',
  postgres: 'tcp',
  redis: 'tcp',
};

interface ServicePort {
  readonly name: string;
  readonly number: number;
  readonly targetPort: number;
  readonly protocol: Protocol;
}

function service(
  own: string,
  name: string,
  selector: Readonly<Record<string, string>>,
  position: number,
  all: readonly Pod[],
  ports: readonly ServicePort[],
): readonly KubernetesObject[] {
  const selected = all.filter(
    (pod) =>
      pod.namespace === own && Object.entries(selector).every(([key, value]) => pod.labels[key] === value),
  );
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: own },
      spec: {
        clusterIP: `10.96.0.${String(position + 1)}`,
        clusterIPs: [`10.96.0.${String(position + 1)}`],
        selector,
        ports: ports.map(({ name: port, number, targetPort, protocol }) => ({
          name: port,
          port: number,
          targetPort,
          protocol: 'TCP',
          appProtocol: appProtocols[protocol],
        })),
      },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-1`, namespace: own, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      ports: ports.map(({ name: port, targetPort }) => ({ name: port, port: targetPort, protocol: 'TCP' })),
      endpoints: selected
        .filter(({ admin }) => admin !== '')
        .map((pod) => ({
          addresses: [pod.ip],
          conditions: { ready: true },
          targetRef: { kind: 'Pod', name: pod.name, namespace: own },
        })),
    },
  ];
}

function podObject(
  { name, namespace, ip, labels, principal }: Pod,
  mode: 'sidecar' | 'ambient',
): KubernetesObject {
  const app = { name: 'app', image: 'echo:1' };
  // The container that the injector adds, or the annotation of the CNI plugin for pods whose packets go to the ztunnel.
  const sidecar = { name: 'istio-proxy', image: 'proxyv2:1.31.0', args: ['proxy', 'sidecar'] };
  const redirected = { annotations: { 'ambient.istio.io/redirection': 'enabled' } };
  const { [tlsModeLabel]: _injected, ...own } = labels;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, ...(mode === 'ambient' ? { labels: own, ...redirected } : { labels }) },
    spec: {
      serviceAccountName: principal.serviceAccount,
      containers: mode === 'ambient' ? [app] : [app, sidecar],
    },
    status: {
      phase: 'Running',
      podIP: ip,
      podIPs: [{ ip }],
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
