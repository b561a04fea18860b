import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Revision } from '../../../src/core/revision/revision.ts';
import type { Artifact, CertificateRequest, FileArtifact, Json } from '../../../src/core/targets/artifact.ts';
import type { Proxy } from '../../../src/core/targets/proxy.ts';
import { mesh, origin } from '../semantics/mesh.ts';

/** A client's hand-written Envoy: its address, its clusters with their ports, and the shares of its only route. */
export interface HandMade {
  readonly id?: string;
  readonly admin: number;
  readonly outbound: number;
  /** The port of the application on loopback, by cluster. */
  readonly clusters: Readonly<Record<string, number>>;
  readonly weights: Readonly<Record<string, number>>;
  /** A text in every answer, which shows that the listener has changed. */
  readonly listener?: string;
  readonly certificate?: string;
  readonly ir?: Ir;
}

/** Returns the revision of one such Envoy, in the layout of the target `envoy`. */
export function handMade(parts: HandMade): Revision {
  const { id = 'client', ir = mesh({}) } = parts;
  const clusters = Object.entries(parts.clusters);
  const artifacts: Artifact[] = [
    file('Bootstrap', id, `proxies/${id}/bootstrap.json`, bootstrap(id, parts.admin)),
    file('Listener', 'outbound', `proxies/${id}/lds.json`, listener(id, parts)),
    file('RouteConfiguration', 'outbound', `proxies/${id}/rds.json`, routes(parts)),
    ...clusters.map(([name]) => file('Cluster', name, `proxies/${id}/cds.json`, cluster(name))),
    ...clusters.map(([name, port]) =>
      file('ClusterLoadAssignment', name, `services/${name}-eds.json`, endpoints(name, port)),
    ),
    ...(parts.certificate === undefined ? [] : [certificate(id, parts.certificate)]),
  ];
  return { ir, artifacts, proxies: [proxy(id, parts)], about };
}

const about = { target: 'edge', platform: 'envoy', loss: [] };

/** Returns two revisions combined. */
export function together(...revisions: readonly Revision[]): Revision {
  const [first] = revisions;
  const seen = new Set<string>();
  const artifacts = revisions
    .flatMap((revision) => revision.artifacts)
    .filter((artifact) => {
      const key = JSON.stringify([artifact.kind, artifact.name, artifact.type === 'file' && artifact.path]);
      return !seen.has(key) && seen.add(key);
    });
  return {
    ir: first?.ir ?? mesh({}),
    artifacts,
    proxies: revisions.flatMap(({ proxies }) => proxies),
    about,
  };
}

function certificate(proxyId: string, subject: string): CertificateRequest {
  return {
    type: 'certificate',
    kind: 'Secret',
    name: proxyId,
    namespace: '',
    origins: [origin],
    subject,
    profile: 'workload',
    form: 'envoy-sds',
    proxy: proxyId,
  };
}

function file(kind: string, name: string, path: string, resource: Json): FileArtifact {
  return {
    type: 'file',
    kind,
    name,
    namespace: '',
    origins: [origin],
    path: `config/current/${path}`,
    resource,
  };
}

function proxy(id: string, { admin, outbound }: HandMade): Proxy {
  return {
    id,
    service: `shop/${id}`,
    version: 'default',
    instance: 0,
    bootstrap: `config/current/proxies/${id}/bootstrap.json`,
    workingDirectory: `proxies/${id}`,
    arguments: ['--drain-strategy', 'immediate', '--drain-time-s', '5', '--use-dynamic-base-id'],
    admin: `127.0.0.1:${String(admin)}`,
    inbound: {},
    outbound: `127.0.0.1:${String(outbound)}`,
  };
}

function source(path: string): Json {
  return {
    resource_api_version: 'V3',
    path_config_source: {
      path: `\${DIR}/config/current/${path}`,
      watched_directory: { path: '${DIR}/config' },
    },
  };
}

function address(port: number): Json {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

function bootstrap(id: string, admin: number): Json {
  return {
    node: { id, cluster: id },
    admin: { address: address(admin) },
    dynamic_resources: {
      lds_config: source(`proxies/${id}/lds.json`),
      cds_config: source(`proxies/${id}/cds.json`),
    },
  };
}

function cluster(name: string): Json {
  return {
    '@type': 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
    name,
    type: 'EDS',
    connect_timeout: '1s',
    eds_cluster_config: { service_name: name, eds_config: source(`services/${name}-eds.json`) },
  };
}

function endpoints(name: string, port: number): Json {
  return {
    '@type': 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment',
    cluster_name: name,
    endpoints: [{ lb_endpoints: [{ endpoint: { address: address(port) } }] }],
  };
}

function listener(id: string, { outbound, listener: said }: HandMade): Json {
  const manager = {
    '@type':
      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: 'outbound',
    rds: { route_config_name: 'outbound', config_source: source(`proxies/${id}/rds.json`) },
    ...(said === undefined ? {} : { server_name: said }),
    http_filters: [
      {
        name: 'envoy.filters.http.router',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
      },
    ],
  };
  return {
    '@type': 'type.googleapis.com/envoy.config.listener.v3.Listener',
    name: 'outbound',
    address: address(outbound),
    filter_chains: [
      { filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }] },
    ],
  };
}

function routes({ weights }: HandMade): Json {
  const split = Object.entries(weights).map(([name, weight]) => ({ name, weight }));
  return {
    '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
    name: 'outbound',
    virtual_hosts: [
      {
        name: 'all',
        domains: ['*'],
        routes: [
          { match: { prefix: '/' }, route: { timeout: '10s', weighted_clusters: { clusters: split } } },
        ],
      },
    ],
  };
}
