import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kubeconfigText, tokenOf } from './kubeconfig.ts';
import { testServer } from './raw-request.ts';

/** A fault of one request. */
export type Fault =
  /** The server answers with a status, before or after it did what was asked. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly after?: boolean }
  /** The connection ends without an answer, before or after the server did what was asked. */
  | { readonly drop: true; readonly after?: boolean }
  /** The answer comes late, by so many milliseconds. */
  | { readonly delay: number };

/** A request as the proxy sees it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
}

/** A proxy in front of the test server that makes faults. */
export interface FaultProxy {
  readonly address: string;
  /** Requests that came, in their order. */
  readonly seen: readonly Seen[];
  /** Tells the fault of each request; undefined: none. */
  faultOf: (seen: Seen) => Fault | undefined;
  /** Awaited before each request is passed. */
  beforeEach: (seen: Seen) => Promise<void>;
  /** Writes a kubeconfig of the proxy into a folder and returns its path. */
  kubeconfig(folder: string): string;
  /** Ends all connections in the middle of what they say. */
  breakConnections(): void;
  stop(): Promise<void>;
}

/**
 * Starts a proxy on a free port of the loopback that passes requests to the test server; those without credentials as
 * the user `as`, since other clients send none over plain HTTP.
 */
export async function startFaultProxy(as?: string): Promise<FaultProxy> {
  const upstream = testServer();
  const seen: Seen[] = [];
  const server = createServer((incoming, outgoing) => {
    const one = { method: incoming.method ?? '', path: incoming.url ?? '' };
    seen.push(one);
    void proxy
      .beforeEach(one)
      .then(() => {
        if (as !== undefined) incoming.headers.authorization ??= `Bearer ${tokenOf(as)}`;
        return pass(incoming, outgoing, upstream, proxy.faultOf(one));
      })
      .catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const proxy: FaultProxy = {
    address: `http://127.0.0.1:${port}`,
    seen,
    faultOf: () => undefined,
    beforeEach: () => Promise.resolve(),
    kubeconfig: (folder) => {
      const file = join(folder, 'faulty.kubeconfig');
      writeFileSync(file, kubeconfigText({ server: proxy.address, 'insecure-skip-tls-verify': true }));
      return file;
    },
    breakConnections: () => server.closeAllConnections(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  upstream: ReturnType<typeof testServer>,
  fault: Fault | undefined,
): Promise<void> {
  if (fault && 'delay' in fault) await sleep(fault.delay);
  const isFault = fault !== undefined && !('delay' in fault);
  if (isFault && !fault.after) {
    incoming.resume();
    fail(outgoing, fault);
    return;
  }
  const { url, ca } = upstream;
  const { method, url: path, headers } = incoming;
  const passed = request({ host: url.hostname, port: url.port, method, path, headers, ca, agent: false });
  incoming.pipe(passed);
  const [answer] = (await once(passed, 'response')) as [IncomingMessage];
  if (isFault) {
    answer.resume();
    await once(answer, 'end');
    fail(outgoing, fault);
    return;
  }
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(outgoing);
  answer.on('error', () => outgoing.destroy());
  outgoing.on('close', () => passed.destroy());
}

function fail(outgoing: ServerResponse, fault: Exclude<Fault, { delay: number }>): void {
  if ('drop' in fault) {
    outgoing.destroy();
    return;
  }
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: 'a fault',
    code: fault.status,
  };
  outgoing.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
  outgoing.end(JSON.stringify(status));
}
