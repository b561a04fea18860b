import type { External, ExternalPort } from '../../ir/external.ts';
import type { Gateway, Listener } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import type { ServiceId } from '../../ir/service-id.ts';
import { clusterName, type Destination } from './cluster-name.ts';
import { egressMark } from './egress-mark.ts';

/** A cluster that a route or listener of a scope leads to. */
export type WantedCluster =
  | {
      readonly type: 'service';
      readonly service: ServiceId;
      readonly version?: string;
      readonly port: string;
    }
  | {
      readonly type: 'external';
      readonly external: External;
      readonly port: ExternalPort;
      readonly host: string;
    }
  | {
      readonly type: 'hop';
      readonly external: External;
      readonly gateway: Gateway;
      readonly listener: Listener;
      readonly port: ExternalPort;
    }
  /**
   * No listener of the External's gateway accepts these calls: they lead nowhere, and in particular not past the
   * gateway.
   */
  | { readonly type: 'closed'; readonly external: External; readonly gateway: Gateway }
  | { readonly type: 'unknown-hosts' };

/** The clusters of one scope: asking for a cluster's name adds the cluster to `wanted`. */
export interface ClusterSet {
  readonly wanted: ReadonlyMap<string, WantedCluster>;
  /** Returns the name of the cluster of a backend or mirror; `host` chooses one of an External's hosts. */
  name(destination: Destination, host?: string): string;
  /**
   * Returns the mark that tells an egress gateway the port of calls (`egressMark`); undefined if they don't go through
   * a gateway.
   */
  mark(destination: Destination): string | undefined;
  unknownHosts(): string;
}

/** Returns a set for the proxies of services, or for one gateway, whose calls don't go through itself. */
export function clusterSet(ir: Ir, gateway?: ServiceId): ClusterSet {
  const wanted = new Map<string, WantedCluster>();
  const note = (name: string, cluster: WantedCluster): string => {
    if (!wanted.has(name)) wanted.set(name, cluster);
    return name;
  };
  return {
    wanted,
    mark: (destination) => {
      const external = ir.externals[destination.service];
      const port = external?.ports.find(({ name }) => name === destination.port);
      const direct = external?.gateway === undefined || external.gateway === gateway;
      return external === undefined || port === undefined || direct ? undefined : egressMark(external, port);
    },
    unknownHosts: () => note('unknown-hosts', { type: 'unknown-hosts' }),
    name: (destination, host) => {
      const external = ir.externals[destination.service];
      const port = external?.ports.find(({ name }) => name === destination.port);
      if (external === undefined || port === undefined)
        return note(clusterName(ir, destination), { type: 'service', ...destination });
      const hop =
        external.gateway === undefined || external.gateway === gateway
          ? undefined
          : ir.gateways[external.gateway];
      if (hop !== undefined) {
        const listener = egressListener(hop, external, port);
        return note(
          `${external.id}/*/${port.name}`,
          listener === undefined
            ? { type: 'closed', external, gateway: hop }
            : { type: 'hop', external, gateway: hop, listener, port },
        );
      }
      const called = calledHost(external, host);
      return note(`${external.id}/${called}/${port.name}`, {
        type: 'external',
        external,
        port,
        host: called,
      });
    },
  };
}

/**
 * Returns the listener of an egress gateway for calls to this port: the one with the port's number, or else the first
 * with its protocol.
 */
export function egressListener(
  gateway: Gateway,
  external: External,
  port: ExternalPort,
): Listener | undefined {
  const spoken = protocolAtGateway(port);
  const speaking = gateway.listeners.filter(
    ({ protocol, hostnames }) =>
      protocol === spoken &&
      external.hosts.some((host) => hostnames.some((hostname) => covers(hostname, host))),
  );
  return speaking.find(({ port: number }) => number === port.number) ?? speaking[0];
}

/** Returns the host of a cluster. With fixed addresses an External is one destination, whichever host was called. */
function calledHost({ addresses, hosts }: External, host: string | undefined): string {
  if (addresses.length > 0) return '*';
  return host ?? hosts.find((candidate) => !candidate.startsWith('*')) ?? hosts[0] ?? '*';
}

function protocolAtGateway({ http, applicationTls, protocol }: ExternalPort): Listener['protocol'] {
  if (applicationTls || protocol === 'tls') return 'tls';
  return http ? 'http' : 'tcp';
}

/** Returns true if `hostname` covers every name of `host` (exact or `*.`). */
function covers(hostname: string, host: string): boolean {
  if (hostname === '*' || hostname === host) return true;
  return hostname.startsWith('*.') && host.endsWith(hostname.slice(1)) && host.length > hostname.length - 1;
}
