import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import { readMaterial } from '../targets/material-form.ts';

/** The certificates of a file, and the PEM of its private key if the file has one. */
export interface Presented {
  readonly certificates: readonly CertificateFacts[];
  readonly key?: string;
}

/**
 * Reads a PEM file with certificates in any order, with or without a private key, or a file in the form of a proxy.
 * Returns the reason if the file holds neither.
 */
export function readPresented(
  reader: CertificateReader,
  text: string,
): Presented | { readonly problem: string } {
  const pair = text.trimStart().startsWith('{') ? readMaterial(text) : pemParts(text);
  if (pair === undefined) return { problem: 'it is garbled: no certificate and key can be read from it' };
  if (pair.chain === '') return { problem: isDer(text) ? derProblem : 'it holds no certificate in PEM' };
  const certificates = reader.certificates(pair.chain);
  if (certificates === undefined) return { problem: 'one of its certificates is garbled' };
  return { certificates, ...(pair.key !== '' && { key: pair.key }) };
}

const derProblem =
  'it is DER, not PEM: `openssl x509 -inform der -in FILE -out FILE.pem` converts a certificate';

/** Returns true for the bytes of DER read as text: a SEQUENCE (0x30), then bytes that are no UTF-8. */
function isDer(text: string): boolean {
  return text.startsWith('0') && text.includes('\uFFFD');
}

/** Separates the certificates of a PEM text from its keys; other blocks, such as DH parameters, are left out. */
function pemParts(text: string): { readonly chain: string; readonly key: string } {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[^]*?(?:-----END \1-----|$)/g)];
  const of = (test: (label: string) => boolean): string =>
    blocks.flatMap(([pem, label = '']) => (test(label) ? [`${pem}\n`] : [])).join('');
  return {
    chain: of((label) => label === 'CERTIFICATE'),
    key: of((label) => label.endsWith('PRIVATE KEY')),
  };
}
