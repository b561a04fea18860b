/** The name under which a proxy asks for its own certificate. */
const sdsCertificateName = 'certificate';

/**
 * Certificate chain (leaf first) and key as one file of Envoy's secret discovery service: inline, so that a pair can't
 * be torn apart by a rotation.
 */
export function envoySds(chain: string, key: string, version: string): string {
  const secret = {
    '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
    name: sdsCertificateName,
    tls_certificate: { certificate_chain: { inline_string: chain }, private_key: { inline_string: key } },
  };
  return `${JSON.stringify({ version_info: version, resources: [secret] }, undefined, 2)}\n`;
}
