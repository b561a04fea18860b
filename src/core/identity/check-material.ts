import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import { readMaterial } from '../targets/material-form.ts';
import { type CertificateFault, chainFault, type WantedLeaf } from './check-chain.ts';

/** Requirements on the material of a proxy. */
export interface WantedMaterial extends WantedLeaf {
  /** The roots that verifiers trust. */
  readonly roots: readonly CertificateFacts[];
  /** SHA-256 of the last written certificate, hexadecimal; absent if unknown. */
  readonly fingerprint?: string;
}

/**
 * Verifies the file that a proxy reads its certificate and key from: the key is the certificate's, the chain ends at a
 * root, the identity is the proxy's, and the certificate is valid now. Returns undefined if the proxy can use the file.
 * The result holds no part of the key.
 */
export function checkMaterial(
  reader: CertificateReader,
  text: string,
  { roots, fingerprint, ...leaf }: WantedMaterial,
): CertificateFault | undefined {
  const wrong = (detail: string): CertificateFault => ({ state: 'wrong', detail });
  const pair = readMaterial(text);
  if (pair === undefined) return wrong('it is garbled: no certificate and key can be read from it');
  const chain = reader.certificates(pair.chain);
  if (chain?.[0] === undefined) return wrong('its certificate chain is garbled');
  const key = reader.privateKey(pair.key);
  if ('problem' in key) return wrong(key.problem);
  if (key.publicKey !== chain[0].publicKey) return wrong('its key does not belong to its certificate');
  const fault = chainFault(reader, chain, roots, leaf);
  if (fault !== undefined) return fault;
  return fingerprint !== undefined && chain[0].fingerprint !== fingerprint
    ? wrong('it is another certificate than the one that was written last')
    : undefined;
}
