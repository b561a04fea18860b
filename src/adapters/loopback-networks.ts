import { createServer, type Server } from 'node:net';
import { exit } from '../core/exit-code.ts';
import type { LoopbackNetworks } from '../ports/loopback-networks.ts';
import { PortError } from '../ports/port-error.ts';

/** The loopback networks of this machine. */
export const loopbackNetworks: LoopbackNetworks = { claim, release };

/** Networks of this process, each held by a server that listens in it. */
const held = new Map<string, Server>();

/**
 * Claims a loopback network that no other run has, and returns the beginning of its addresses, such as `127.7.`. A process
 * that ends releases its networks.
 */
async function claim(): Promise<string> {
  const first = Math.floor(Math.random() * 250);
  for (let i = 0; i < 250; i += 1) {
    const network = `127.${String(2 + ((first + i) % 250))}.`;
    const server = await holding(network);
    if (server === undefined) continue;
    held.set(network, server);
    return network;
  }
  throw new PortError(
    'no loopback network below 127.0.0.0/8 is free (other systems than Linux have none): end the runs that are left',
    exit.failed,
  );
}

/** Lets other runs claim a network. */
async function release(network: string): Promise<void> {
  const server = held.get(network);
  held.delete(network);
  if (server !== undefined) await new Promise((done) => server.close(done));
}

/** Listens at an address and port that no case uses; returns undefined if another run does. */
function holding(network: string): Promise<Server | undefined> {
  const server = createServer().unref();
  return new Promise((done) => {
    server.once('error', () => {
      done(undefined);
    });
    server.listen({ host: `${network}255.254`, port: 65_000, exclusive: true }, () => {
      done(server);
    });
  });
}
