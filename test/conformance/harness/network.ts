import { loopbackNetworks } from '../../../src/adapters/loopback-networks.ts';

/** Claims a loopback network that no other run has. */
export function claimNetwork(): Promise<string> {
  return loopbackNetworks.claim();
}

/** Lets other runs claim a network. */
export function releaseNetwork(network: string): Promise<void> {
  return loopbackNetworks.release(network);
}
