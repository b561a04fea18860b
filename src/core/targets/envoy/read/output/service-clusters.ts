import type { Field } from '../../../../import/field.ts';
import type { Backend, HealthCheck } from '../../../../spec/types.gen.ts';
import { type ReadApp, readApp, readClosed } from './app-clusters.ts';
import { type ReadCluster, readCluster } from './clusters.ts';
import { readChecks } from './health.ts';
import type { ReadProxy } from './proxies.ts';
import type { Reading } from './reading.ts';
import type { ClusterSettings } from './services.ts';
import { isForeign, type ReadForeign, type ReadUpstream, readForeign, readUpstream } from './tls.ts';

/** The calls to one port of a service, as the clusters of all proxies show them. */
export interface ReadCalls {
  readonly settings: ClusterSettings;
  readonly tls: ReadUpstream | undefined;
  /** The TLS of the application, which callers start themselves. */
  readonly foreign: ReadForeign | undefined;
  readonly protocol: ReadCluster['protocol'];
  /** True if the instances have names, which callers look up. */
  readonly isDns: boolean;
  /** The check of instances that callers make. */
  readonly health: HealthCheck | undefined;
  readonly field: Field;
  /** Addresses by version; those of all versions under `*`. */
  readonly addresses: Map<string, readonly string[]>;
}

/** Splits the name of a cluster of the mesh; undefined for another one. */
function partsOf(name: string): { id: string; version: string; port: string } | undefined {
  const [, namespace = '', service = '', version = '', port = ''] =
    /^([a-z0-9-]+)\/([a-z0-9-]+)\/([^/]+)\/([a-z0-9-]+)$/.exec(name) ?? [];
  return namespace === '' || name.startsWith('app/') || name.startsWith('jwks/')
    ? undefined
    : { id: `${namespace}/${service}`, version, port };
}

/** Returns the backend of a cluster of a service of the mesh. */
export function backendOf(reading: Reading, name: string): Omit<Backend, 'weight'> | undefined {
  const parts = partsOf(name);
  const known = parts && reading.inventory.service(parts.id);
  if (parts === undefined || known === undefined || reading.port(parts.id, parts.port) === undefined)
    return undefined;
  const versions = Object.keys(known.spec.versions ?? {});
  const isWhole = parts.version === '*' || (versions.length === 1 && versions[0] === parts.version);
  if (!isWhole && !versions.includes(parts.version)) return undefined;
  return { service: parts.id, ...(!isWhole && { version: parts.version }), port: parts.port };
}

/** Clusters that are not those of services. */
export type ReadOther = (name: string, cluster: Field) => boolean;

/** Reads the clusters of all proxies; those of one name mean the same for each of them. */
export function readClusters(
  reading: Reading,
  proxies: readonly ReadProxy[],
  readOther: ReadOther,
): { readonly calls: ReadonlyMap<string, ReadCalls>; readonly apps: readonly ReadApp[] } {
  const calls = new Map<string, ReadCalls>();
  const apps: ReadApp[] = [];
  const seen = new Set<Field>();
  for (const { clusters } of proxies)
    for (const [name, cluster] of clusters) {
      if (seen.has(cluster)) continue;
      seen.add(cluster);
      if (name.startsWith('app/')) apps.push(readApp(reading, cluster, name.endsWith('/connection')));
      else if (backendOf(reading, name) !== undefined) readCall(reading, name, cluster, calls);
      else if (name === 'no-destinations') readClosed(reading, cluster);
      else if (!readOther(name, cluster)) reading.report(cluster.at('name'), 'the name of a destination');
    }
  return { calls, apps };
}

function readCall(reading: Reading, name: string, cluster: Field, calls: Map<string, ReadCalls>): void {
  const { id, version, port } = partsOf(name) ?? { id: '', version: '', port: '' };
  const [namespace = '', service = ''] = id.split('/');
  const read = readCluster(reading, cluster);
  const key = `${id} ${port}`;
  const known = calls.get(key);
  const own: ReadCalls = {
    settings: read.settings,
    ...transportOf(reading, read.socket, `${service}.${namespace}`),
    health: read.health.isPresent
      ? readChecks(reading, read.health, { host: `${service}.${namespace}`, protocol: read.protocol })
      : undefined,
    protocol: read.protocol,
    isDns: read.isDns,
    field: cluster,
    addresses: known?.addresses ?? new Map<string, readonly string[]>(),
  };
  const text = ({ settings, tls: its, foreign: of, protocol, health }: ReadCalls): string =>
    JSON.stringify([settings, its, of, protocol, health]);
  if (known !== undefined && text(known) !== text(own))
    reading.disagree(`calls to ${key}`, known.field, cluster);
  const addresses = (read.addresses ?? []).flat();
  const before = own.addresses.get(version);
  if (before !== undefined && [...before].sort().join() !== [...addresses].sort().join())
    reading.disagree(`the instances of ${name}`, own.field, cluster);
  own.addresses.set(version, addresses);
  if (known === undefined) calls.set(key, own);
}

function transportOf(reading: Reading, socket: Field, host: string): Pick<ReadCalls, 'tls' | 'foreign'> {
  if (!socket.isPresent) return { tls: undefined, foreign: undefined };
  return isForeign(socket)
    ? { tls: undefined, foreign: readForeign(reading, socket) }
    : { tls: readUpstream(reading, socket, host), foreign: undefined };
}
