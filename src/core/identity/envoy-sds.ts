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

/** Reads the chain and the key (PEM) back from such a file; returns undefined if they aren't there. */
export function readEnvoySds(text: string): { readonly chain: string; readonly key: string } | undefined {
  const certificate = field(field(field(parsed(text), 'resources'), '0'), 'tls_certificate');
  const chain = field(field(certificate, 'certificate_chain'), 'inline_string');
  const key = field(field(certificate, 'private_key'), 'inline_string');
  return typeof chain === 'string' && typeof key === 'string' ? { chain, key } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
