import type { Ir } from '../../../ir/ir.ts';
import type { ServiceId } from '../../../ir/service-id.ts';
import { isIpAddress } from '../../../lib/ip-address.ts';
import type { Json } from '../../artifact.ts';
import { noCircuitBreakers } from '../circuit-breakers.ts';
import { clusterName } from '../cluster-name.ts';
import { dns } from '../dns.ts';
import type { Machine } from '../external-cluster.ts';
import { socketAddress } from '../socket-address.ts';
import { extension, typed } from '../typed-config.ts';

/** The way in which proxies get the keys at a URI: from a port of the mesh, or by a separate cluster. */
export interface JwksSource {
  /** Name of the cluster. */
  readonly name: string;
  readonly inside?: { readonly service: ServiceId; readonly port: string };
}

/**
 * Returns the way to get the keys at a URI. The host of a mesh service means that service, with its mTLS; other hosts
 * are called directly.
 */
export function jwksSource(ir: Ir, uri: string): JwksSource {
  const { host, port } = parts(uri);
  const inside = meshService(ir, host, port);
  if (inside !== undefined) return { name: clusterName(ir, inside), inside };
  // Statistics split names at dots, and `_` occurs in no host name.
  return { name: `jwks/${host.replace(/[.:]/g, '_')}/${String(port)}` };
}

/** Returns the cluster of a JWKS URI outside the mesh. */
export function jwksCluster(ir: Ir, uri: string, machine: Machine): Json {
  const { tls, host, port } = parts(uri);
  const { name } = jwksSource(ir, uri);
  return typed('envoy.config.cluster.v3.Cluster', {
    name,
    ...dns,
    connect_timeout: '5s',
    circuit_breakers: noCircuitBreakers,
    load_assignment: {
      cluster_name: name,
      endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress({ host, port }) } }] }],
    },
    ...(tls && { transport_socket: tlsTo(host, machine) }),
  });
}

interface Parts {
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
}

function parts(uri: string): Parts {
  // The URI has the form that the schema requires: scheme, host name or bracketed address, port.
  const [, scheme, host = '', port] = /^(https?):\/\/(\[[^\]]*\]|[^/?#:]*)(?::(\d+))?/.exec(uri) ?? [];
  const tls = scheme !== 'http';
  return {
    tls,
    host: host.replace(/^\[|\]$/g, '').toLowerCase(),
    port: port === undefined ? (tls ? 443 : 80) : Number(port),
  };
}

function meshService(ir: Ir, host: string, port: number): { service: ServiceId; port: string } | undefined {
  const [name, namespace, ...rest] = host.split('.');
  if (namespace === undefined || (rest.length > 0 && rest.join('.') !== 'svc.cluster.local'))
    return undefined;
  const service = ir.services[`${namespace}/${String(name)}`];
  const found = service?.ports.find((candidate) => candidate.number === port && candidate.http);
  return service === undefined || found === undefined ? undefined : { service: service.id, port: found.name };
}

function tlsTo(host: string, { systemCertificates }: Machine): Json {
  const ip = isIpAddress(host);
  return extension(
    'envoy.transport_sockets.tls',
    'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
    {
      ...(!ip && { sni: host }),
      common_tls_context: {
        tls_params: { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' },
        validation_context: {
          trusted_ca: { filename: systemCertificates },
          match_typed_subject_alt_names: [{ san_type: ip ? 'IP_ADDRESS' : 'DNS', matcher: { exact: host } }],
        },
      },
    },
  );
}
