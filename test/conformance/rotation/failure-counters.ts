import type { Ports, Shop } from './shop.ts';

/** Counters of failures by proxy and, for its calls, by the address that it called. */
export type FailureCounters = ReadonlyMap<string, number>;

const counters =
  '(ssl\\.(fail_verify|connection_error|no_certificate)|upstream_cx_connect_(fail|timeout)|upstream_rq_(pending_failure_eject|5xx)|downstream_rq_5xx|update_rejected|update_failure)';

/** Returns the proxies of a shop by id. */
function proxiesOf(shop: Shop): readonly (readonly [string, Ports])[] {
  return [
    ...Object.entries(shop.callers).map(([name, ports]) => [`shop-${name}-default-0`, ports] as const),
    ...shop.reviews.map((ports, i) => [`shop-reviews-v1-p${String(i)}`, ports] as const),
    ['shop-ratings-v1-r', shop.ratings] as const,
  ];
}

/** Reads the counters of failures of every Envoy; one that doesn't answer has a counter `silent`. */
export async function failureCounters(shop: Shop): Promise<FailureCounters> {
  const proxies = proxiesOf(shop);
  const called = new Map(proxies.map(([id, { inbound }]) => [`127.0.0.1:${String(inbound)}`, id]));
  const found = new Map<string, number>();
  for (const [id, { admin }] of proxies) {
    try {
      const at = `http://127.0.0.1:${String(admin)}`;
      const stats = await (await fetch(`${at}/stats?filter=${encodeURIComponent(counters)}`)).text();
      for (const [, name = '', value] of stats.matchAll(/^(\S+): ([1-9]\d*)$/gm))
        found.set(`${id} ${name}`, Number(value));
      // One line for each host: `cluster::address::counter::value`.
      const hosts = await (await fetch(`${at}/clusters`)).text();
      for (const [, host = '', name = '', value] of hosts.matchAll(
        /::(127\.[\d.:]+)::(cx_connect_fail|rq_error|rq_timeout)::([1-9]\d*)$/gm,
      ))
        found.set(`${id} called ${called.get(host) ?? host}: ${name}`, Number(value));
    } catch (error) {
      found.set(`${id} silent (${String(error)})`, 1);
    }
  }
  return found;
}

/** Returns the counters that have grown, as lines for people. */
export function grownCounters(before: FailureCounters, now: FailureCounters): readonly string[] {
  return [...now].flatMap(([name, value]) => {
    const grown = value - (before.get(name) ?? 0);
    return grown > 0 ? [`${name} +${String(grown)}`] : [];
  });
}
