import type { External } from '../ir/external.ts';
import type { Gateway, Listener } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import type { Port, Service } from '../ir/service.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { own } from '../lib/own.ts';
import { hostnameTakes } from '../semantics/host-name.ts';
import { carriesRequests } from '../semantics/port.ts';
import { sharing } from './closure.ts';
import { hostnamesIn, representatives } from './hostnames.ts';
import type { Entry } from './meaning/request-meaning.ts';
import { Unproved } from './unproved.ts';

/** A place that requests go to: all its entries together are the requests that one part of the mesh decides. */
export interface Destination {
  readonly kind: 'service' | 'external' | 'gateway';
  readonly id: ServiceId;
  /** Name of the port or listener. */
  readonly port: string;
  /** The requested parts besides the caller; the first entry is the usual one. */
  readonly entries: readonly Omit<Entry, 'from'>[];
  /** True if callers are told apart by their identity. */
  readonly hasCallers: boolean;
}

/** Returns the destinations of a service: each of its ports, by its names if rules read the host. */
export function serviceDestinations(
  meshes: readonly Ir[],
  id: ServiceId,
  parts: unknown,
): readonly Destination[] {
  const versions = meshes.flatMap((ir) => own(ir.services, id) ?? []);
  const [first] = versions;
  if (first === undefined) return [];
  const hosts = hostnamesIn(parts, 'hosts');
  const ports = portsOf(versions);
  const isMoved =
    new Set(
      versions.map((one) => one.ports.map(({ number, http }) => `${String(number)}${String(http)}`).join()),
    ).size > 1;
  const to = { type: 'service', id } as const;
  const { name, namespace } = first;
  const names = [`${name}.${namespace}`, name, `${name}.${namespace}.svc.cluster.local`];
  const others = versions.length === meshes.length ? [] : meshes.flatMap((ir) => sharing(ir, names));
  // Without the service, its names are those of Externals, or of hosts outside.
  const isTaken =
    others.length > 0 || (versions.length < meshes.length && meshes.some(({ egress }) => egress === 'allow'));
  const moved = isTaken ? names : isMoved ? names.slice(0, 1) : [];
  const destinations = ports.map((port): Destination => {
    const usual = { to, port: port.number };
    const byHost = port.http && hosts.length > 0 ? [...names, ...representatives(meshes, hosts)] : moved;
    return {
      kind: 'service',
      id,
      port: port.name,
      hasCallers: true,
      entries: [
        usual,
        ...byHost.map((host) => ({ ...usual, host: `${host}:${String(port.number)}` })),
        ...(port.http ? moved.map((host) => ({ to, host })) : []),
        ...(port.http ? [] : snis(meshes, parts).map((sni) => ({ ...usual, sni }))),
      ],
    };
  });
  return isTaken ? [...destinations, ...elsewhere(meshes, id, names, versions, others)] : destinations;
}

/**
 * Returns the destination of calls to names that come, go or move, at the ports of others that have them and at one that
 * nothing has: others, or nothing, take these calls before or after.
 */
function elsewhere(
  meshes: readonly Ir[],
  id: ServiceId,
  names: readonly string[],
  versions: readonly (Service | External)[],
  others: readonly External[],
): readonly Destination[] {
  const [asked, taken] = [numbersOf(versions), numbersOf([...versions, ...others])];
  const numbers = [...taken].filter((number) => !asked.has(number));
  if (meshes.some(({ egress }) => egress === 'allow')) numbers.push(freePort(taken));
  if (numbers.length === 0) return [];
  const to = { type: 'service', id } as const;
  const entries = names.flatMap((name) =>
    numbers.map((number) => ({ to, host: `${name}:${String(number)}` })),
  );
  return [{ kind: 'service', id, port: 'any other', hasCallers: true, entries }];
}

function numbersOf(owners: readonly (Service | External)[]): ReadonlySet<number> {
  return new Set(owners.flatMap(({ ports }) => ports.filter(carriesRequests).map(({ number }) => number)));
}

function freePort(taken: ReadonlySet<number>, number = 9999): number {
  return taken.has(number) ? freePort(taken, number - 1) : number;
}

function portsOf(versions: readonly (Service | External)[]): readonly Port[] {
  const ports = new Map<string, Port>();
  for (const { ports: own } of versions)
    for (const port of own)
      if (!ports.has(`${port.name} ${String(port.number)}`))
        ports.set(`${port.name} ${String(port.number)}`, port);
  return [...ports.values()];
}

/** Returns the destinations of an External: each port, by each of its hosts that any rule or External tells apart. */
export function externalDestinations(
  meshes: readonly Ir[],
  id: ServiceId,
  parts: unknown,
): readonly Destination[] {
  const versions = meshes.flatMap((ir) => own(ir.externals, id) ?? []);
  if (versions.length === 0) return [];
  const hostnames = versions.flatMap((one) => one.hosts);
  const named = [...hostnames, ...hostnamesIn(parts, 'hosts'), ...hostnamesIn(parts, 'sni')];
  const hosts = representatives(meshes, named).filter((host) =>
    hostnames.some((hostname) => hostnameTakes(hostname, host)),
  );
  const sharers = meshes.map((ir) => sharing(ir, hostnames));
  const isMoved = new Set(sharers.map(takenBy)).size > 1;
  const firsts = new Set(versions.map(({ hosts: [first] }) => first));
  const destinations = portsOf(versions).map((port): Destination => {
    const usual = { to: { type: 'service', id }, port: port.number } as const;
    return {
      kind: 'external',
      id,
      port: port.name,
      hasCallers: true,
      entries: [
        ...hosts.flatMap((host): Destination['entries'] =>
          carriesRequests(port)
            ? [
                { ...usual, host: `${host}:${String(port.number)}` },
                ...(isMoved ? [{ to: usual.to, host }] : []),
              ]
            : [usual, { ...usual, sni: host }],
        ),
        // Without a Host, calls are sent to the first one.
        ...(carriesRequests(port) && firsts.size > 1 ? [usual] : []),
      ],
    };
  });
  return isMoved
    ? [...destinations, ...elsewhere(meshes, id, hosts, versions, sharers.flat())]
    : destinations;
}

/** Returns what decides which External takes a host and port. */
function takenBy(externals: readonly External[]): string {
  return canonicalJson(
    externals.map(({ id, hosts, from, ports }) => [id, hosts, from, ports.map(portWords)]),
  );
}

function portWords(port: Port): string {
  return `${String(port.number)}${String(carriesRequests(port))}`;
}

/** The most pairs of server names and hosts that are compared at one port. */
const mostPairs = 2500;

/**
 * Returns the destinations of a gateway: each listener, by each host that the gateway, the Access of its backends or of
 * their egress gateways names, and another.
 */
export function gatewayDestinations(
  meshes: readonly Ir[],
  id: ServiceId,
  parts: unknown,
): readonly Destination[] {
  const versions = meshes.flatMap((ir) => own(ir.gateways, id) ?? []);
  const hostnames = [
    ...versions.flatMap((one) => one.listeners.flatMap(({ hostnames: own }) => own)),
    ...hostnamesIn(versions, 'hostname'),
    ...hostnamesIn(parts, 'hosts'),
    ...hostnamesIn(parts, 'sni'),
  ];
  const hosts = representatives(meshes, hostnames);
  const listeners = new Map<string, Listener>();
  for (const one of versions)
    for (const listener of one.listeners)
      listeners.set(`${listener.name} ${String(listener.port)}`, listener);
  return [...listeners.values()].map((listener) => ({
    kind: 'gateway',
    id,
    port: listener.name,
    hasCallers: versions.some((one) => asksForCertificates(one)),
    entries: gatewayEntries(id, listener, versions, hosts),
  }));
}

function gatewayEntries(
  id: ServiceId,
  { protocol, port }: Listener,
  versions: readonly Gateway[],
  hosts: readonly string[],
): readonly Omit<Entry, 'from'>[] {
  const usual = { to: { type: 'gateway', id }, port } as const;
  if (protocol === 'tls' || protocol === 'tcp') return [usual, ...hosts.map((sni) => ({ ...usual, sni }))];
  const isShared = versions.some(({ listeners }) => listeners.filter((one) => one.port === port).length > 1);
  const same = hosts.map((host) => ({ ...usual, host, ...(protocol === 'https' && { sni: host }) }));
  if (!isShared || protocol !== 'https') return [...same, usual];
  if (hosts.length ** 2 > mostPairs)
    throw new Unproved(`gateway ${id}: too many hosts share the port ${String(port)}`);
  return [
    ...same,
    usual,
    ...hosts.flatMap((sni) => hosts.flatMap((host) => (host === sni ? [] : [{ ...usual, host, sni }]))),
  ];
}

function asksForCertificates({ listeners }: Gateway): boolean {
  return listeners.some(({ tls }) => tls?.clientCertificates !== undefined);
}

function snis(meshes: readonly Ir[], parts: unknown): readonly string[] {
  const named = hostnamesIn(parts, 'sni');
  return named.length === 0 ? [] : representatives(meshes, named);
}
