import { append } from '../../../lib/append.ts';
import { jsonRecord } from '../../../lib/json-record.ts';
import type { Artifact, FileArtifact, Json } from '../../artifact.ts';

/**
 * Returns all artifacts of the first list, and from each other list those that no earlier list has. Files of clusters
 * and listeners contain many resources and are joined resource by resource; any other file contains one resource that
 * its reader requests by name, and is kept whole. A listener is left out if its address is taken: a proxy refuses two
 * listeners on one address.
 */
export function union(
  first: readonly Artifact[],
  ...others: readonly (readonly Artifact[])[]
): readonly Artifact[] {
  let joined = first;
  for (const more of others) if (more !== first) joined = joinedWith(joined, more);
  return joined;
}

const manyInOneFile: ReadonlySet<string> = new Set(['Cluster', 'Listener']);

function joinedWith(base: readonly Artifact[], more: readonly Artifact[]): readonly Artifact[] {
  const keys = new Set(base.map(keyOf));
  const taken = takenAddresses(base);
  const added = more.filter((artifact) => {
    if (keys.has(keyOf(artifact))) return false;
    if (artifact.type !== 'file' || artifact.kind !== 'Listener') return true;
    const own = addressesOf(artifact.resource);
    return !own.some((address) => clashes(taken.get(artifact.path) ?? [], address));
  });
  return added.length === 0 ? base : [...base, ...added];
}

function keyOf(artifact: Artifact): string {
  if (artifact.type === 'certificate') return `certificate ${artifact.proxy}`;
  if (artifact.type === 'object') return `object ${artifact.kind} ${artifact.namespace}/${artifact.name}`;
  return manyInOneFile.has(artifact.kind)
    ? `${artifact.path} ${artifact.kind} ${artifact.name}`
    : artifact.path;
}

interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

function takenAddresses(artifacts: readonly Artifact[]): ReadonlyMap<string, readonly SocketAddress[]> {
  const taken = new Map<string, SocketAddress[]>();
  for (const artifact of artifacts) {
    if (artifact.type !== 'file' || artifact.kind !== 'Listener') continue;
    const list = taken.get(artifact.path) ?? [];
    append(list, addressesOf(artifact.resource));
    taken.set(artifact.path, list);
  }
  return taken;
}

function clashes(taken: readonly SocketAddress[], { host, port }: SocketAddress): boolean {
  return taken.some(
    (other) => other.port === port && (other.host === host || isAny(other.host) || isAny(host)),
  );
}

function isAny(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** Returns `address` and `additional_addresses` of a Listener (envoy.config.listener.v3). */
function addressesOf(resource: FileArtifact['resource']): readonly SocketAddress[] {
  const listener = jsonRecord(resource);
  const more = listener['additional_addresses'];
  return [
    listener['address'],
    ...(Array.isArray(more) ? more.map((one: Json) => jsonRecord(one)['address']) : []),
  ].flatMap((address) => {
    const socket = jsonRecord(jsonRecord(address)['socket_address']);
    const [host, port] = [socket['address'], socket['port_value']];
    return typeof host === 'string' && typeof port === 'number' ? [{ host, port }] : [];
  });
}
