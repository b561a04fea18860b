import { connect, type TLSSocket } from 'node:tls';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import type { Handshake, HandshakeRequest, TlsProbe } from '../ports/tls-probe.ts';
import { errorCode } from './file-error.ts';
import { presentedChain } from './presented-chain.ts';

/** The probe of node:tls. */
export const tlsProbe: TlsProbe = { handshake };

/** Milliseconds to wait for a refusal: with TLS 1.3 the server checks the client after the client's handshake. */
const settling = 300;

function handshake(request: HandshakeRequest): Promise<Handshake> {
  const { host, port, serverName, roots, client, timeout } = request;
  return new Promise((resolve, reject) => {
    let shown: Omit<Handshake, 'refusal'> | undefined;
    const socket = connect({
      host,
      port,
      ...(serverName !== undefined && { servername: serverName }),
      ...(roots !== undefined && { ca: roots }),
      ...(client && { cert: client.chain, key: client.key }),
      rejectUnauthorized: false,
      // The caller checks the names: SPIFFE IDs are no host names.
      checkServerIdentity: () => undefined,
    });
    const end = (refusal?: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...(shown ?? { chain: '' }), ...(refusal !== undefined && { refusal }) });
    };
    const fail = (why: string, cause?: unknown): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(
        new PortError(
          `${host}:${String(port)}: ${why}`,
          exit.unreachable,
          cause === undefined ? {} : { cause },
        ),
      );
    };
    let timer = setTimeout(() => fail('no TLS handshake in time'), timeout);
    socket.on('secureConnect', () => {
      shown = shownBy(socket, roots !== undefined);
      clearTimeout(timer);
      timer = setTimeout(end, Math.min(settling, timeout));
    });
    socket.on('data', () => end());
    socket.on('close', () => end(shown === undefined ? 'it closes the connection' : undefined));
    socket.on('end', () => end('it closes the connection'));
    socket.on('error', (error: Error) => {
      const alert = alertOf(error);
      if (alert !== undefined) end(alert);
      else if (shown !== undefined) end(`it ends the connection (${errorCode(error) ?? error.message})`);
      else fail(reasonOf(error), error);
    });
  });
}

function shownBy(socket: TLSSocket, isVerified: boolean): Omit<Handshake, 'refusal'> {
  const problem = isVerified && !socket.authorized ? String(socket.authorizationError) : undefined;
  return {
    chain: presentedChain(socket),
    protocol: socket.getProtocol() ?? 'TLS',
    ...(problem !== undefined && { unverified: problem }),
  };
}

/** Returns the words of a TLS alert that the server sent; undefined for any other error. */
function alertOf(error: Error): string | undefined {
  const code = errorCode(error) ?? '';
  const match = /^ERR_SSL_.*_ALERT_(.+)$/.exec(code);
  return match?.[1]?.toLowerCase().replaceAll('_', ' ');
}

function reasonOf(error: Error): string {
  const code = errorCode(error);
  return code === undefined || code.startsWith('ERR_SSL')
    ? 'it speaks no TLS that can be used'
    : `it can't be reached (${code})`;
}
