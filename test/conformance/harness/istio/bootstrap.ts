import type { KubernetesObject } from './kubernetes-object.ts';
import type { Pod } from './pods.ts';

/** Addresses of istiod's xDS, and of the SDS server that pilot-agent provides in a pod. */
export interface ControlAddresses {
  readonly xds: { readonly host: string; readonly port: number };
  readonly sds: { readonly host: string; readonly port: number };
}

/** Returns the bootstrap that pilot-agent writes for a proxy, with the parts that matter here. */
export function bootstrap(pod: Pod, trustDomain: string, { xds, sds }: ControlAddresses): object {
  const gateway = pod.of.type === 'gateway';
  const [host = '', port = ''] = pod.admin.split(':');
  const source = { ads: {}, resource_api_version: 'V3' };
  return {
    node: {
      id: `${gateway ? 'router' : 'sidecar'}~${pod.ip}~${pod.name}.${pod.namespace}~${pod.namespace}.svc.cluster.local`,
      cluster: `${pod.name}.${pod.namespace}`,
      metadata: {
        CLUSTER_ID: 'Kubernetes',
        NAMESPACE: pod.namespace,
        ISTIO_VERSION: '1.31.0',
        INTERCEPTION_MODE: gateway ? '' : 'NONE',
        INSTANCE_IPS: pod.ip,
        LABELS: pod.labels,
        WORKLOAD_NAME: pod.name,
        SERVICE_ACCOUNT: pod.principal.serviceAccount,
        MESH_ID: trustDomain,
      },
    },
    admin: { address: { socket_address: { address: host, port_value: Number(port) } } },
    dynamic_resources: {
      ads_config: {
        api_type: 'GRPC',
        transport_api_version: 'V3',
        set_node_on_first_message_only: true,
        grpc_services: [{ envoy_grpc: { cluster_name: 'xds-grpc' } }],
      },
      lds_config: source,
      cds_config: source,
    },
    static_resources: { clusters: [grpcCluster('xds-grpc', xds), grpcCluster('sds-grpc', sds)] },
  };
}

function grpcCluster(name: string, { host, port }: ControlAddresses['xds']): object {
  return {
    name,
    type: 'STATIC',
    connect_timeout: '1s',
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
        explicit_http_config: { http2_protocol_options: {} },
      },
    },
    load_assignment: {
      cluster_name: name,
      endpoints: [
        {
          lb_endpoints: [{ endpoint: { address: { socket_address: { address: host, port_value: port } } } }],
        },
      ],
    },
  };
}

/** Returns a bootstrap that contains all configuration, for `--mode validate`. */
export function bootstrapOf(listeners: readonly object[], clusters: readonly object[]): object {
  const nowhere = { host: '127.0.0.1', port: 1 };
  return {
    node: { id: 'validated', cluster: 'validated' },
    bootstrap_extensions: [
      {
        name: 'envoy.bootstrap.internal_listener',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.bootstrap.internal_listener.v3.InternalListener',
        },
      },
    ],
    dynamic_resources: {
      ads_config: {
        api_type: 'GRPC',
        transport_api_version: 'V3',
        grpc_services: [{ envoy_grpc: { cluster_name: 'xds-grpc' } }],
      },
    },
    static_resources: {
      listeners,
      clusters: [grpcCluster('xds-grpc', nowhere), grpcCluster('sds-grpc', nowhere), ...clusters],
    },
  };
}

/** Returns the MeshConfig of an installation with the settings that the target's objects need. */
export function meshConfig(trustDomain: string, extensionProviders: readonly object[]): KubernetesObject {
  return {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'MeshConfig',
    metadata: { name: 'istio' },
    trustDomain,
    extensionProviders,
  };
}
