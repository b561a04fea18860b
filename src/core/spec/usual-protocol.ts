import type { Protocol } from './types.gen.ts';

/** Returns the protocol that a port of this number most likely speaks, for a suggestion. */
export function usualProtocol(port: number): Protocol {
  return usual[port] ?? 'http';
}

const usual: Readonly<Record<number, Protocol>> = {
  443: 'tls',
  3306: 'mysql',
  5432: 'postgres',
  6379: 'redis',
  27017: 'mongo',
};
