import type { Ir } from '../../../ir/ir.ts';
import type { ServiceId } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { noCircuitBreakers } from '../circuit-breakers.ts';
import { clusterName } from '../cluster-name.ts';
import { isIpAddress } from '../ip-address.ts';
import { socketAddress } from '../socket-address.ts';
import { extension, typed } from '../typed-config.ts';

/** How proxies reach the keys at a URI: over a port of the mesh, or over a cluster of its own. */
export type JwksCluster =
  | { readonly name: string; readonly service: ServiceId; readonly port: string }
  | { readonly name: string; readonly cluster: Json };

/** The cluster for a JWKS URI. A host of a mesh service means that service, with its mTLS; others are asked directly. */
export function jwksCluster(ir: Ir, uri: string): JwksCluster {
  const { tls, host, port } = parts(uri);
  const inside = meshService(ir, host, port);
  if (inside !== undefined) return { name: clusterName(ir, inside), ...inside };
  // Statistics split names at dots, and `_` is in no host name.
  const name = `jwks/${host.replace(/[.:[\]]/g, '_')}/${String(port)}`;
  return {
    name,
    cluster: typed('envoy.config.cluster.v3.Cluster', {
      name,
      type: 'STRICT_DNS',
      dns_lookup_family: 'V4_PREFERRED',
      respect_dns_ttl: true,
      connect_timeout: '5s',
      circuit_breakers: noCircuitBreakers,
      load_assignment: {
        cluster_name: name,
        endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress({ host, port }) } }] }],
      },
      ...(tls && { transport_socket: tlsTo(host) }),
    }),
  };
}

interface Parts {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
}

function parts(uri: string): Parts {
  const url = new URL(uri);
  const tls = url.protocol === 'https:';
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  return { tls, host: url.hostname.replace(/^\[|\]$/g, ''), port };
}

function meshService(ir: Ir, host: string, port: number): { service: ServiceId; port: string } | undefined {
  const [name, namespace, ...rest] = host.split('.');
  if (namespace === undefined || (rest.length > 0 && rest.join('.') !== 'svc.cluster.local')) return undefined;
  const service = ir.services[`${namespace}/${String(name)}`];
  const found = service?.ports.find((candidate) => candidate.number === port && candidate.http);
  return service === undefined || found === undefined ? undefined : { service: service.id, port: found.name };
}

function tlsTo(host: string): Json {
  const ip = isIpAddress(host);
  return extension('envoy.transport_sockets.tls', 'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
    ...(!ip && { sni: host }),
    common_tls_context: {
      tls_params: { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' },
      validation_context: {
        system_root_certs: {},
        match_typed_subject_alt_names: [{ san_type: ip ? 'IP_ADDRESS' : 'DNS', matcher: { exact: host } }],
      },
    },
  });
}
