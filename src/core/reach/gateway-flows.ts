import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { spiffeId } from '../ir/principal.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { own } from '../lib/own.ts';
import { identify } from '../semantics/caller.ts';
import { notForCaller } from '../semantics/external.ts';
import { notExposed } from '../semantics/resolve-host.ts';
import type { CallerClass } from './callers.ts';
import type { Destination } from './entries.ts';
import { hostnamesIn, representatives } from './hostnames.ts';
import { Unproved } from './unproved.ts';

/** Returns a gateway as the caller of its backends: it sends requests of its clients by its Routes. */
export function gatewayCaller({ id, workload }: Gateway): CallerClass & { readonly identity: string } {
  const identity = spiffeId(workload.principal);
  const from = { type: 'spiffe', id: identity } as const;
  return { from, identity, name: `the gateway ${id}`, isComparable: true, hasProxy: true };
}

/**
 * Returns the places at which clients enter a gateway: each listener, by each host that the gateway or a backend tells
 * apart. Pairs of another server name and host are left out: a request with one is forwarded only as that with the
 * host as its server name.
 */
export function entrancesOf(ir: Ir, { id, listeners }: Gateway, parts: unknown): readonly Destination[] {
  const fields = ['hostnames', 'hostname', 'hosts', 'sni'];
  const hosts = representatives(
    [ir],
    fields.flatMap((field) => hostnamesIn(parts, field)),
  );
  return listeners.map(({ name, port, protocol, tls }) => {
    const usual = { to: { type: 'gateway', id }, port } as const;
    const isStream = protocol === 'tls' || protocol === 'tcp';
    const named = hosts.map((host) => ({
      ...usual,
      ...(!isStream && { host }),
      ...(protocol !== 'http' && { sni: host }),
    }));
    return {
      kind: 'gateway',
      id,
      port: name,
      hasCallers: tls?.clientCertificates !== undefined,
      entries: [...named, usual],
    };
  });
}

/** Throws if a gateway that leads to a service or External may be refused there by more than the Access that is asked. */
export function checkGatewayIsLetIn(ir: Ir, gateway: Gateway, to: ServiceId): void {
  const { identity } = gatewayCaller(gateway);
  const service = own(ir.services, to);
  const external = own(ir.externals, to);
  const isHidden =
    (service !== undefined && notExposed(service, gateway.namespace) !== undefined) ||
    (external !== undefined &&
      (notForCaller(external, identity) !== undefined ||
        (external.gateway !== undefined && external.gateway !== gateway.id)));
  if (service !== undefined && identify(ir, { type: 'spiffe', id: identity }).type === 'service')
    throw new Unproved(`the gateway ${gateway.id} has the account of a service`);
  if (isHidden) throw new Unproved(`what the gateway ${gateway.id} sends there may be refused`);
}
