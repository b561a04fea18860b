import type { CertificateFacts } from '../../../ports/certificate-reader.ts';

/** Returns the serial numbers that one issuer gave to two different certificates (RFC 5280, section 4.1.2.2). */
export function duplicateSerials(certificates: readonly CertificateFacts[]): readonly string[] {
  const first = new Map<string, string>();
  const twice = new Set<string>();
  for (const { issuer, serial, fingerprint } of certificates) {
    const key = `${issuer}\n${serial}`;
    const known = first.get(key) ?? fingerprint;
    first.set(key, known);
    if (known !== fingerprint) twice.add(serial);
  }
  return [...twice];
}
