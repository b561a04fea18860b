import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type {
  CertificateFacts,
  CertificateReader,
  KeyUsage,
  PrivateKeyFacts,
} from '../ports/certificate-reader.ts';
import { certificateParts } from './certificate-parts.ts';

/** Reads certificates and keys with node:crypto, which needs no further module. */
export const certificateReader: CertificateReader = { certificates, isSignedBy, privateKey };

/** The certificates as node:crypto parsed them; an entry lives as long as its facts are in use. */
const parsed = new WeakMap<CertificateFacts, X509Certificate>();

function certificates(text: string): readonly CertificateFacts[] | undefined {
  const blocks = pemBlocks(text);
  if (blocks.length === 0 || blocks.some(({ label }) => label !== 'CERTIFICATE')) return undefined;
  try {
    return blocks.map(({ pem }) => factsOf(pem));
  } catch {
    return undefined;
  }
}

function factsOf(pem: string): CertificateFacts {
  const certificate = new X509Certificate(pem);
  const parts = certificateParts(certificate.raw);
  const { pathLength, keyUsage } = parts;
  const names = namesOf(certificate.subjectAltName);
  const facts: CertificateFacts = {
    pem,
    fingerprint: digest(certificate.raw),
    serial: certificate.serialNumber.toLowerCase(),
    issuer: certificate.issuer,
    hasEmptySubject: parts.hasEmptySubject,
    extensions: parts.extensions,
    signatureAlgorithm: parts.signatureAlgorithm,
    notBefore: certificate.validFromDate.getTime(),
    notAfter: certificate.validToDate.getTime(),
    isAuthority: parts.isAuthority,
    ...(pathLength !== undefined && { pathLength }),
    usages: keyUsage === undefined ? undefined : usagesOf(keyUsage),
    extendedUsages: extendedUsagesOf(certificate),
    uris: names.flatMap(([type, name]) => (type === 'URI' ? [name] : [])),
    dnsNames: names.flatMap(([type, name]) => (type === 'DNS' ? [name] : [])),
    publicKey: digestOfKey(certificate.publicKey),
    keyType: typeOf(certificate.publicKey),
  };
  parsed.set(facts, certificate);
  return facts;
}

function isSignedBy(certificate: CertificateFacts, issuer: CertificateFacts): boolean {
  const [one, other] = [certificate, issuer].map(
    (facts) => parsed.get(facts) ?? new X509Certificate(facts.pem),
  );
  try {
    if (one === undefined || other === undefined) return false;
    // `checkIssued` refuses an issuer whose keyUsage lacks keyCertSign; callers report that fault by its name.
    const isNamed =
      one.checkIssued(other) || (one.issuer === other.subject && issuer.usages?.has('keyCertSign') === false);
    return isNamed && one.verify(other.publicKey);
  } catch {
    // A key of this type can't have made the signature.
    return false;
  }
}

function privateKey(text: string): PrivateKeyFacts | { readonly problem: string } {
  if (text.trim() === '') return { problem: 'it is empty' };
  const blocks = pemBlocks(text);
  const keys = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  const [key] = keys;
  if (key === undefined) {
    const held = blocks.map(({ label }) => label.toLowerCase()).join(', ');
    return { problem: held === '' ? 'it is not PEM' : `it holds a ${held} and no private key` };
  }
  if (keys.length > 1) return { problem: `it holds ${String(keys.length)} private keys` };
  if (key.label === 'ENCRYPTED PRIVATE KEY' || key.pem.includes('Proc-Type: 4,ENCRYPTED'))
    return { problem: 'its private key is encrypted with a passphrase' };
  try {
    const read = createPrivateKey(key.pem);
    return {
      pem: read.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicKey: digestOfKey(createPublicKey(read)),
      keyType: typeOf(read),
    };
  } catch {
    return { problem: 'its private key is garbled' };
  }
}

interface PemBlock {
  readonly label: string;
  readonly pem: string;
}

/**
 * Returns the PEM blocks of a text (RFC 7468); a block without an end line is garbled and reaches to the end of the
 * text.
 */
function pemBlocks(text: string): readonly PemBlock[] {
  const begin = /-----BEGIN ([A-Z0-9 ]+)-----/g;
  const blocks: PemBlock[] = [];
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const label = match[1] ?? '';
    const mark = `-----END ${label}-----`;
    const end = text.indexOf(mark, begin.lastIndex);
    const after = end === -1 ? text.length : end + mark.length;
    blocks.push({ label, pem: text.slice(match.index, after) });
    begin.lastIndex = after;
  }
  return blocks;
}

/**
 * Returns names as pairs of type and value, from a text such as `URI:spiffe://a, DNS:"b, c"`: node:crypto quotes a name
 * that holds a separator.
 */
function namesOf(text: string | undefined): readonly (readonly [string, string])[] {
  return [...(text ?? '').matchAll(/([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g)].map(
    ([, type = '', name = '']) => [type, name.startsWith('"') ? String(JSON.parse(name)) : name] as const,
  );
}

/**
 * Returns the extended key usages. Node's types say that every certificate has them; without the extension they are
 * undefined.
 */
function extendedUsagesOf({ keyUsage }: { readonly keyUsage?: readonly string[] }): readonly string[] {
  return keyUsage ?? [];
}

function usagesOf(bits: number): ReadonlySet<KeyUsage> {
  const usages = new Set<KeyUsage>();
  if (bits & 0x80) usages.add('digitalSignature');
  if (bits & 0x04) usages.add('keyCertSign');
  if (bits & 0x02) usages.add('cRLSign');
  return usages;
}

const curves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

function typeOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string {
  if (type === 'ec') return `ECDSA ${curves[details?.namedCurve ?? ''] ?? details?.namedCurve ?? ''}`;
  if (type === 'rsa') return `RSA ${String(details?.modulusLength ?? '')}`;
  return type ?? 'unknown';
}

function digestOfKey(key: KeyObject): string {
  return digest(key.export({ type: 'spki', format: 'der' }));
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
