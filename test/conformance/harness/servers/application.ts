import { once } from 'node:events';
import http from 'node:http';

/** A server that stands for all applications of a mesh. */
export interface Application {
  readonly port: number;
  stop(): void;
}

/** Starts a server on the loopback that answers 200 to everything, with a header that no proxy writes. */
export async function startedApplication(): Promise<Application> {
  const server = http.createServer((_, answer) => answer.setHeader('x-served', 'yes').end());
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  return {
    port,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
