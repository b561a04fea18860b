import type { Ir } from '../ir/ir.ts';
import type { Backend, Mirror } from '../ir/route.ts';
import type { Service } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import type { Share } from './outcome.ts';

/**
 * The requests of one backend: its share of all, and the share of each version; `shares` is empty without instances.
 */
export interface Portion {
  readonly backend: Backend;
  /** The share of all requests, 0..1. */
  readonly share: number;
  readonly shares: readonly Share[];
}

/**
 * Divides the requests by weight; a backend with weight zero gets none. Returns an empty list if all weights are zero.
 */
export function split(ir: Ir, backends: readonly Backend[]): readonly Portion[] {
  const total = backends.reduce((sum, backend) => sum + backend.weight, 0);
  return backends
    .filter((backend) => backend.weight > 0)
    .map((backend) => {
      const share = backend.weight / total;
      return { backend, share, shares: spread(ir, backend, share) };
    });
}

/**
 * Divides a share among the versions. If endpoints are declared, every instance has the same chance; otherwise the
 * version is `*`.
 */
export function spread(
  ir: Ir,
  to: Pick<Backend | Mirror, 'service' | 'version' | 'port'>,
  share: number,
): readonly Share[] {
  const service = own(ir.services, to.service);
  if (service === undefined || !declaresEndpoints(service)) {
    return [{ service: to.service, version: to.version ?? '*', port: to.port, share }];
  }
  const counts = service.versions
    .filter(({ name }) => to.version === undefined || name === to.version)
    .map(({ name, instances = [] }) => ({ version: name, count: instances.length }))
    .filter(({ count }) => count > 0);
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return counts.map(({ version, count }) => ({
    service: to.service,
    version,
    port: to.port,
    share: (share * count) / all,
  }));
}

/** Adds up the shares of each port of each version, in order of first appearance. */
export function merged(shares: readonly Share[]): readonly Share[] {
  const sums = new Map<string, Share>();
  for (const share of shares) {
    const key = [share.service, share.version, share.port, share.tls?.serverName].join(' ');
    sums.set(key, { ...share, share: (sums.get(key)?.share ?? 0) + share.share });
  }
  return [...sums.values()];
}

function declaresEndpoints(service: Service): boolean {
  return service.versions.some(({ instances }) => instances !== undefined);
}
