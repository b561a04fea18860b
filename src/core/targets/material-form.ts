import type { CertificateRequest } from './artifact.ts';
import { type AuthorityFormName, readAuthority } from './authority-form.ts';

/** A certificate chain (PEM, leaf first) and its private key (PEM). */
export interface Pair {
  readonly chain: string;
  readonly key: string;
}

/** The form of the file in which a proxy reads certificate and key. */
export interface MaterialForm {
  /** The name of the link in a proxy's working directory that leads to the proxy's own file. */
  readonly link: string;
  /** Returns the text of the file; the proxy shows `version` once it has read the file. */
  write(pair: Pair, version: string): string;
  /** Returns the pair in a file; undefined if the text has none. */
  read(text: string): Pair | undefined;
}

const sdsCertificateName = 'certificate';

/**
 * The form of one file of Envoy's secret discovery service. Certificate and key are inline, so that a rotation replaces
 * both at once.
 */
const envoySds: MaterialForm = {
  link: 'sds.json',
  write({ chain, key }, version) {
    const secret = {
      '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
      name: sdsCertificateName,
      tls_certificate: { certificate_chain: { inline_string: chain }, private_key: { inline_string: key } },
    };
    return `${JSON.stringify({ version_info: version, resources: [secret] }, undefined, 2)}\n`;
  },
  read(text) {
    const certificate = field(field(field(parsed(text), 'resources'), '0'), 'tls_certificate');
    const chain = field(field(certificate, 'certificate_chain'), 'inline_string');
    const key = field(field(certificate, 'private_key'), 'inline_string');
    return typeof chain === 'string' && typeof key === 'string' ? { chain, key } : undefined;
  },
};

/** The forms of files that proxies read. */
export const materialForms: Readonly<
  Record<Exclude<CertificateRequest['form'], AuthorityFormName>, MaterialForm>
> = {
  'envoy-sds': envoySds,
};

/** Returns the pair in a file of any form; undefined if the text has none of these forms. */
export function readMaterial(text: string): Pair | undefined {
  for (const form of Object.values(materialForms)) {
    const pair = form.read(text);
    if (pair !== undefined) return pair;
  }
  const authority = readAuthority(text);
  return authority && { chain: authority.certificate, key: authority.key };
}

/** Returns the form of a request for a proxy's file; undefined for an authority, which no proxy reads. */
export function fileForm({ form }: Pick<CertificateRequest, 'form'>): MaterialForm | undefined {
  return (materialForms as Readonly<Partial<Record<string, MaterialForm>>>)[form];
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
