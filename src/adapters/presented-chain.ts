import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';

/** Returns the certificates that a TLS server has shown, PEM, leaf first; empty if it has shown none. */
export function presentedChain(socket: TLSSocket): string {
  const chain: string[] = [];
  const known = new Set<string>();
  // Without a certificate of the server the value is an empty object or null.
  let one: Partial<DetailedPeerCertificate> | null | undefined = socket.getPeerCertificate(true);
  while (one?.raw !== undefined && one.fingerprint256 !== undefined && !known.has(one.fingerprint256)) {
    known.add(one.fingerprint256);
    chain.push(new X509Certificate(one.raw).toString());
    one = one.issuerCertificate;
  }
  return chain.map((pem) => `${pem.trim()}\n`).join('');
}
