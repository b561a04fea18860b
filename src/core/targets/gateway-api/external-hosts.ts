import type { External } from '../../ir/external.ts';
import { carriesRequests } from '../../semantics/port.ts';
import type { HostnameRef } from '../gateway-api-objects/parts.ts';
import { objectName } from '../kubernetes-objects/object-name.ts';
import { backendTls } from './backend-tls.ts';
import type { LoweringOptions } from './options.ts';

/** The API group of Istio's ServiceEntry, and of references to its hosts. */
export const istioGroup = 'networking.istio.io';

/** A host outside the mesh, with the name of the objects that describe it. */
export interface ExternalHost {
  readonly host: string;
  readonly name: string;
}

/**
 * Returns the reason why no object describes an External; undefined if objects do. An External that can't be written
 * whole isn't written at all: its callers, its gateway or its TLS would be lost.
 */
export function unwritten(
  external: External,
  { implementation }: Pick<LoweringOptions, 'implementation'>,
): { readonly feature: 'external.hosts' | 'external.tls'; readonly reason: string } | undefined {
  const { from, gateway, hosts, ports, tls } = external;
  const hostsReason = (reason: string) => ({ feature: 'external.hosts' as const, reason });
  if (implementation !== 'istio')
    return hostsReason(
      'the Gateway API has no words for hosts outside of the mesh, and of the implementations only Istio reads routes of its own ServiceEntry',
    );
  if (from !== undefined)
    return hostsReason('a route of the Gateway API has no callers, so `from` would be lost');
  if (gateway !== undefined)
    return hostsReason('the Gateway API has no gateways by which calls leave a mesh');
  if (hosts.some((host) => host.startsWith('*')))
    return hostsReason('a route of the Gateway API sends to a host by its name, not by a pattern of names');
  if (!ports.every(carriesRequests))
    return hostsReason(
      'a route of the Gateway API knows hosts outside of the mesh by the Host of requests alone',
    );
  const { problem } = tls === undefined ? { problem: undefined } : backendTls(external, tls, hosts[0] ?? '');
  return problem === undefined ? undefined : { feature: 'external.tls', reason: problem };
}

/** Returns the hosts of an External: each has objects of its own, since a server name is that of one host. */
export function externalHosts({ name, hosts }: Pick<External, 'name' | 'hosts'>): readonly ExternalHost[] {
  return hosts.map((host, index) => ({ host, name: index === 0 ? name : objectName(name, host) }));
}

/** Returns the reference to a port of a host outside the mesh. */
export function hostnameRef(host: string, port: number): HostnameRef {
  return { group: istioGroup, kind: 'Hostname', name: host, port };
}
