import { X509Certificate } from 'node:crypto';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { ServedChain } from '../ports/served-chain.ts';
import { errorCode } from './file-error.ts';

/**
 * Shakes hands by node:tls without a client certificate: a server shows its own certificate before it refuses the
 * client.
 */
export const servedChain: ServedChain = (address, timeout) =>
  new Promise((resolve) => {
    const url = URL.canParse(`tls://${address}`) ? new URL(`tls://${address}`) : undefined;
    if (url === undefined || url.port === '') {
      resolve({ state: 'unknown', why: 'it is no address with a port' });
      return;
    }
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const socket = connect({
      host,
      port: Number(url.port),
      // The caller verifies the chain, since the roots of the system don't include those of a mesh.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    const late = setTimeout(() => end('no certificate in time'), timeout);
    const end = (why: string): void => {
      clearTimeout(late);
      const chain = chainOf(socket);
      socket.destroy();
      resolve(chain === '' ? { state: 'unknown', why } : { state: 'served', chain });
    };
    socket.on('secureConnect', () => end('it shows no certificate'));
    socket.on('error', (error: Error) => end(errorCode(error) ?? error.message));
    socket.on('close', () => end('it closes the connection'));
  });

function chainOf(socket: TLSSocket): string {
  const chain: string[] = [];
  const known = new Set<string>();
  // Without a certificate the value is an empty object or null.
  let one: Partial<DetailedPeerCertificate> | null | undefined = socket.getPeerCertificate(true);
  while (one?.raw !== undefined && one.fingerprint256 !== undefined && !known.has(one.fingerprint256)) {
    known.add(one.fingerprint256);
    chain.push(new X509Certificate(one.raw).toString());
    one = one.issuerCertificate;
  }
  return chain.join('');
}
