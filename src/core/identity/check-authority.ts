import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import { readAuthority } from '../targets/authority-form.ts';
import { certificationPath } from './certification-path.ts';
import type { CertificateFault } from './check-chain.ts';
import type { LeafSigners } from './leaf-signers.ts';

/** The result of a look at the authority of a mesh. */
export interface CheckedAuthority {
  readonly fault?: CertificateFault;
  /** The authority itself as the issuer of workloads, and its root; absent if the text can't be read. */
  readonly signers?: LeafSigners;
  /** PEM of the roots that the authority hands to verifiers; absent if it reads them elsewhere. */
  readonly bundle?: string;
}

/**
 * Checks the Secret that the authority of a mesh reads: the key belongs to the certificate, and the certificate is the
 * one that was written. Returns undefined if the text is no such Secret. The result holds no part of the key.
 */
export function checkAuthority(
  reader: CertificateReader,
  text: string,
  fingerprint: string,
  roots: readonly CertificateFacts[],
): CheckedAuthority | undefined {
  const found = readAuthority(text);
  if (found === undefined) return undefined;
  const wrong = (detail: string): CheckedAuthority => ({ fault: { state: 'wrong', detail } });
  const [facts] = reader.certificates(found.certificate) ?? [];
  if (facts === undefined) return wrong('its certificate is garbled');
  const key = reader.privateKey(found.key);
  if ('problem' in key) return wrong(key.problem);
  if (key.publicKey !== facts.publicKey) return wrong('its key does not belong to its certificate');
  const others = reader.certificates(found.chain ?? '') ?? [];
  const path = certificationPath(reader, facts, { others, roots, now: facts.notBefore });
  const root = path.isTrusted ? path.signers.at(-1) : undefined;
  const { bundle } = found;
  const signers = { issuer: facts.fingerprint, ...(root && { root: root.fingerprint }) };
  return facts.fingerprint === fingerprint
    ? { signers, ...(bundle !== undefined && { bundle }) }
    : { ...wrong('it is another certificate than the one that was written last'), signers };
}
