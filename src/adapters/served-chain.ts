import { connect } from 'node:tls';
import type { ServedChain } from '../ports/served-chain.ts';
import { errorCode } from './file-error.ts';
import { presentedChain } from './presented-chain.ts';

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
      const chain = presentedChain(socket);
      socket.destroy();
      resolve(chain === '' ? { state: 'unknown', why } : { state: 'served', chain });
    };
    socket.on('secureConnect', () => end('it shows no certificate'));
    socket.on('error', (error: Error) => end(errorCode(error) ?? error.message));
    socket.on('close', () => end('it closes the connection'));
  });
