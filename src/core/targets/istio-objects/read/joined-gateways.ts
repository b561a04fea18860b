import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Listener } from '../../../spec/types.gen.ts';
import type { ReadGateway } from './gateway.ts';

/**
 * Returns gateways of which no two have the same pods, port and host: the mesh joins the servers of all Gateways of the same
 * pods. A Gateway with no other servers than an earlier one becomes another name of the earlier one; a single server whose host
 * an earlier one has is left out, with a mark.
 */
export function joinedGateways(read: readonly ReadGateway[]): readonly ReadGateway[] {
  return read.reduce<readonly ReadGateway[]>((joined, gateway) => {
    const labels = gateway.known.labels as Json;
    const earlier = joined.filter(({ known }) => isSameJson(known.labels as Json, labels));
    const same = earlier.find((one) => hasServers(one, gateway));
    if (same !== undefined)
      return joined.map((one) => (one === same ? withAlias(one, gateway.known.id) : one));
    const kept = withoutOverlaps(gateway, earlier);
    return kept === undefined ? joined : [...joined, kept];
  }, []);
}

type Server = { readonly name: string; readonly listener: Listener; readonly admits: Json };

function serversOf({ known, document }: ReadGateway): readonly Server[] {
  return known.listeners.flatMap(({ name, admits }) => {
    const listener = document.spec.listeners?.[name];
    return listener === undefined ? [] : [{ name, listener, admits: admits }];
  });
}

function hasServers(one: ReadGateway, other: ReadGateway): boolean {
  const servers = serversOf(one);
  return serversOf(other).every(({ listener, admits }) =>
    servers.some(
      (server) =>
        isSameJson(server.listener as unknown as Json, listener as unknown as Json) &&
        isSameJson(server.admits, admits),
    ),
  );
}

function withAlias(gateway: ReadGateway, id: string): ReadGateway {
  const aliases = [...(gateway.known.aliases ?? []), id];
  return { ...gateway, known: { ...gateway.known, aliases } };
}

function withoutOverlaps(gateway: ReadGateway, earlier: readonly ReadGateway[]): ReadGateway | undefined {
  const others = earlier.flatMap((one) => serversOf(one).map((server) => ({ server, id: one.known.id })));
  const dropped = new Set<string>();
  for (const { name, listener } of serversOf(gateway)) {
    const found = others.find(({ server }) => shareHost(server.listener, listener, isSame));
    if (found === undefined) {
      const near = others.find(({ server }) => shareHost(server.listener, listener, covers));
      if (near !== undefined)
        gateway.servers
          .get(name)
          ?.at('hosts')
          .differently({
            callers: `for hosts that ${near.id} has for the same pods, too, each Gateway has only the Routes that name it`,
          });
      continue;
    }
    dropped.add(name);
    gateway.servers.get(name)?.lost({
      callers: `${found.id} has a server for the same pods, port and host: only its VirtualServices take these requests`,
      access: 'narrower',
    });
  }
  if (dropped.size === 0) return gateway;
  const listeners = gateway.known.listeners.filter(({ name }) => !dropped.has(name));
  if (listeners.length === 0) return undefined;
  const { spec } = gateway.document;
  const kept = Object.fromEntries(
    Object.entries(spec.listeners ?? {}).filter(([name]) => !dropped.has(name)),
  );
  return {
    ...gateway,
    known: { ...gateway.known, listeners },
    document: { ...gateway.document, spec: { ...spec, listeners: kept } },
  };
}

function shareHost(one: Listener, other: Listener, is: (host: string, second: string) => boolean): boolean {
  if (one.port !== other.port) return false;
  const [hosts, others] = [one.hostnames ?? ['*'], other.hostnames ?? ['*']];
  return hosts.some((host) => others.some((second) => is(host, second) || is(second, host)));
}

function isSame(one: string, other: string): boolean {
  return one === other;
}

function covers(pattern: string, host: string): boolean {
  return pattern === '*' || pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}
