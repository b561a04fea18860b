import type { Gateway } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import { mtlsOf, type Port, type Service } from '../../ir/service.ts';
import type { Json } from '../artifact.ts';
import { certificateName, certificateSource, revisionSource, trustFile } from './layout.ts';
import { trustOf } from './secrets.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * The ALPN protocol that a client's proxy offers on ports that aren't HTTP, which distinguishes the mesh's TLS from the
 * application's own.
 */
export const meshProtocol = 'mesh';

/** ALPN protocols of proxies that accept requests. */
export const requestProtocols: readonly string[] = ['h2', 'http/1.1'];

/**
 * Returns the transport socket of a cluster that leads to this port: the proxy presents its certificate and accepts
 * only the server's exact SPIFFE ID. Returns undefined if the server has no identity (`mtls: disabled`).
 */
export function upstreamTls(
  ir: Ir,
  to: Service | Gateway,
  port: Pick<Port, 'protocol' | 'http' | 'mtls'>,
): Json | undefined {
  if ('mtls' in to && mtlsOf(to, port) === 'disabled') return undefined;
  return extension(
    'envoy.transport_sockets.tls',
    'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
    {
      sni: `${to.name}.${to.namespace}`,
      common_tls_context: {
        ...commonTls(trustOf(ir).serverTrust, [uri({ exact: spiffeId(to.workload.principal) })]),
        alpn_protocols: [offered(port)],
      },
    },
  );
}

/**
 * Returns the transport socket of an inbound filter chain: a caller must prove its identity with a certificate of our
 * trust domain or of a federated one. `alpn` has the protocols that it may speak, `callers` the matchers of the SPIFFE
 * IDs that may connect; if absent, all may.
 */
export function downstreamTls(
  ir: Ir,
  { alpn }: { readonly alpn: readonly string[] },
  callers: readonly Json[] = [],
): Json {
  return extension(
    'envoy.transport_sockets.tls',
    'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
    {
      // The validator of SPIFFE IDs requires a certificate in any case.
      require_client_certificate: true,
      // A resumed session would keep an identity that is no longer trusted.
      disable_stateless_session_resumption: true,
      disable_stateful_session_resumption: true,
      common_tls_context: {
        ...commonTls(trustOf(ir).callerTrust, callers.map(uri)),
        alpn_protocols: alpn,
      },
    },
  );
}

function offered({ http, protocol }: Pick<Port, 'protocol' | 'http'>): string {
  if (!http) return meshProtocol;
  return protocol === 'http' ? 'http/1.1' : 'h2';
}

function commonTls(trust: string, names: readonly Json[]): Fields {
  return {
    tls_params: { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' },
    tls_certificate_sds_secret_configs: [{ name: certificateName, sds_config: certificateSource }],
    combined_validation_context: {
      default_validation_context: names.length === 0 ? {} : { match_typed_subject_alt_names: names },
      validation_context_sds_secret_config: {
        name: trust,
        sds_config: revisionSource(trustFile(trust)),
      },
    },
  };
}

function uri(matcher: Json): Json {
  return { san_type: 'URI', matcher };
}
