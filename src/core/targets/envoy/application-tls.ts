import type { Port, PortTls } from '../../ir/service.ts';
import type { Json } from '../artifact.ts';
import type { Machine } from './external-cluster.ts';
import { extension } from './typed-config.ts';

/**
 * Returns the transport socket of a cluster whose servers speak TLS themselves, outside of the mesh's mTLS. The
 * servers' certificate is checked against `ca` and the names; the proxy shows no certificate.
 */
export function applicationTls(
  { sni, subjectAltNames, ca }: PortTls,
  { http, protocol }: Pick<Port, 'http' | 'protocol'>,
  machine: Machine,
): Json {
  return extension(
    'envoy.transport_sockets.tls',
    'envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
    {
      sni,
      common_tls_context: {
        tls_params: { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' },
        ...(http && { alpn_protocols: [protocol === 'http' ? 'http/1.1' : 'h2'] }),
        validation_context: {
          trusted_ca: { filename: ca?.name ?? machine.systemCertificates },
          match_typed_subject_alt_names: subjectAltNames.map((exact) => ({
            san_type: 'DNS',
            matcher: { exact },
          })),
        },
      },
    },
  );
}
