import { once } from 'node:events';
import { createServer } from 'node:http';
import { type ApiServer, startApiServer } from './api-server.ts';
import { customResourceDefinitions } from './crds.ts';

/** An API server for each worker of the tests. */
export interface WorkerServers {
  /**
   * Answers a GET of `/WORKER` with the path of the kubeconfig of the worker's API server, which the first question starts.
   * A DELETE removes what the worker's file has written there, and halts the server until the next question. A server with
   * CRDs of which other files know nothing ends: short names of kinds, such as `virtualservices`, may mean theirs.
   */
  readonly address: string;
  /** Ends all API servers. */
  readonly stop: () => Promise<void>;
}

/** Offers API servers on a free port of the loopback. No file sees what another has written. */
export async function offerApiServers(programs: {
  readonly apiserver: string;
  readonly etcd: string;
}): Promise<WorkerServers> {
  const started = new Map<string, Promise<ApiServer>>();
  const common = new Set(customResourceDefinitions().map(({ metadata }) => metadata.name));
  const door = createServer((request, response) => {
    const worker = request.url ?? '';
    // A connection that is kept ends in between, which a file whose tests block its thread notices only by a lost question.
    response.setHeader('connection', 'close');
    const known = started.get(worker);
    const server = known ?? startApiServer(programs);
    started.set(worker, server);
    const asked =
      request.method === 'DELETE'
        ? server.then(async ({ clear, definitions, halt, stop }) => {
            if ((await definitions()).every((name) => common.has(name))) {
              await clear();
              halt();
            } else {
              started.delete(worker);
              await stop();
            }
          })
        : server.then(async ({ goOn, kubeconfig }) => {
            if (known !== undefined) await goOn();
            return kubeconfig;
          });
    asked.then(
      (answer) => response.end(answer ?? ''),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      for (const server of await Promise.allSettled(started.values()))
        if (server.status === 'fulfilled') await server.value.stop();
    },
  };
}
