import type { Ir } from '../ir/ir.ts';
import type { Backend, Mirror } from '../ir/route.ts';
import type { Service } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import type { Share } from './outcome.ts';

/**
 * The requests that one backend gets: its share, and the share of each version; `shares` is empty without instances.
 */
export interface Portion {
  readonly backend: Backend;
  /** 0..1 of all requests. */
  readonly share: number;
  readonly shares: readonly Share[];
}

/**
 * Divides the requests by weight; a backend of weight zero gets none. Returns an empty list if all weights are zero.
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
 * Spreads a share over the versions: if endpoints are declared, every instance has the same chance; else the version is
 * `*`.
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
