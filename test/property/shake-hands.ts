import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';

/** A proxy: the bundle by which it verifies others, and the certificate that it shows. PEM. */
export interface Node {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Returns true if client and server accept each other, in TLS 1.2, where the client sees the server's verdict. */
export async function shakeHands(server: Node, client: Node): Promise<boolean> {
  const options = { rejectUnauthorized: true, maxVersion: 'TLSv1.2' } as const;
  const listener = tls.createServer({ ...options, ...server, requestCert: true }, (socket) =>
    socket.end('x'),
  );
  listener.on('tlsClientError', () => undefined);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const socket = tls.connect({
    ...{ ...options, ...client, port, host: '127.0.0.1', checkServerIdentity: () => undefined },
  });
  const isAccepted = await new Promise<boolean>((done) => {
    socket.on('data', () => done(true));
    socket.on('error', () => done(false));
    socket.on('close', () => done(false));
  });
  socket.destroy();
  listener.close();
  return isAccepted;
}
