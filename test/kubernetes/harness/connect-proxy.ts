import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { testServer } from './raw-request.ts';

/** An HTTP proxy that tunnels to the test server, whichever host it is asked for. */
export interface ConnectProxy {
  readonly address: string;
  /** Hosts with ports that tunnels were asked for. */
  readonly tunnels: readonly string[];
  stop(): Promise<void>;
}

/** Starts a proxy on a free port of the loopback (RFC 9110, CONNECT). */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const { url } = testServer();
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_, answer) => answer.writeHead(405).end());
  server.on('connect', ({ url: target = '' }, socket: Socket) => {
    tunnels.push(target);
    const upstream = connect(Number(url.port), url.hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    for (const one of [socket, upstream]) {
      sockets.add(one);
      one.on('error', () => one.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    tunnels,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
