import type { Ir } from '../../ir/ir.ts';
import { sha256 } from '../../lib/sha256.ts';

/** The names of Consul's services: one for each port of a service, since Consul knows a service by name alone. */
export interface ConsulNames {
  /** Returns the name of a port of a service; undefined if there is no such port. */
  ofPort(service: string, port: string): string | undefined;
  /** Returns the names under which the proxies of a service or a gateway call others; never empty for those of the mesh. */
  ofCaller(id: string): readonly string[];
}

/**
 * Returns the names of a mesh. The first port of a service has the service's name, any other port `NAME-PORT`. Consul's
 * community edition has one set of names for all namespaces: names that two services would share end in their namespace.
 */
export function consulNames({ services, gateways }: Pick<Ir, 'services' | 'gateways'>): ConsulNames {
  const wanted = [...Object.values(services), ...Object.values(gateways)].flatMap(
    (one): readonly Wanted[] => {
      const ports = 'ports' in one ? one.ports : [];
      if (ports.length === 0) return [{ key: one.id, short: one.name, namespace: one.namespace }];
      return ports.map(({ name }, index) => ({
        key: keyOf(one.id, name),
        short: index === 0 ? one.name : `${one.name}-${name}`,
        namespace: one.namespace,
      }));
    },
  );
  const names = uniqueNames(wanted);
  return {
    ofPort: (service, port) => names.get(keyOf(service, port)),
    ofCaller(id) {
      const ports = services[id]?.ports ?? [];
      const keys = ports.length === 0 ? [id] : ports.map(({ name }) => keyOf(id, name));
      return keys.flatMap((key) => names.get(key) ?? []);
    },
  };
}

interface Wanted {
  readonly key: string;
  readonly short: string;
  readonly namespace: string;
}

function keyOf(service: string, port: string): string {
  return `${service}:${port}`;
}

function uniqueNames(wanted: readonly Wanted[]): ReadonlyMap<string, string> {
  const shorts = counted(wanted.map(({ short }) => short));
  const longs = counted(wanted.map(longName));
  return new Map(
    wanted.map((one) => {
      if (shorts.get(one.short) === 1) return [one.key, label(one.short)];
      const long = longName(one);
      const isFree = longs.get(long) === 1 && !shorts.has(long);
      return [one.key, label(isFree ? long : `${long}-${sha256(one.key).slice(0, 8)}`)];
    }),
  );
}

function longName({ short, namespace }: Wanted): string {
  return `${short}-${namespace}`;
}

function counted(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** Returns a DNS label: a longer name is cut and ends in a digest of the whole name. */
export function label(name: string): string {
  if (name.length <= 63) return name;
  return `${name.slice(0, 54).replace(/-+$/, '')}-${sha256(name).slice(0, 8)}`;
}
