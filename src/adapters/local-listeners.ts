import { createServer } from 'node:http';
import { createServer as createSocket, type Server } from 'node:net';
import type { ListenAddress, LocalListeners } from '../ports/local-listeners.ts';
import { errorCode } from './file-error.ts';

/** The port to addresses of this machine. */
export const localListeners: LocalListeners = {
  async isTaken(address) {
    const server = createSocket();
    const found = await listening(server, address);
    await new Promise((done) => server.close(done));
    return found === 'taken';
  },
  async open(address, line) {
    let requests = 0;
    const server = createServer((request, response) => {
      requests++;
      request.resume();
      response.setHeader('content-type', 'text/plain; charset=utf-8');
      response.end(`${line(request.method ?? '', request.url ?? '')}\n`);
    });
    if ((await listening(server, address)) !== 'open') return undefined;
    return {
      requests: () => requests,
      close() {
        server.closeAllConnections();
        server.close();
      },
    };
  },
};

/** Makes a server listen; returns `unusable` if this user or this machine can't listen at the address. */
function listening(server: Server, { host, port }: ListenAddress): Promise<'open' | 'taken' | 'unusable'> {
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(errorCode(error) === 'EADDRINUSE' ? 'taken' : 'unusable'));
    server.listen({ host, port, exclusive: true }, () => resolve('open'));
  });
}
