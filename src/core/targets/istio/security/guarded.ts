import type { Access, AccessOperation } from '../../../ir/access.ts';
import type { Authentication } from '../../../ir/authentication.ts';
import type { Gateway } from '../../../ir/gateway.ts';
import type { Node } from '../../../ir/node.ts';
import type { Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import type { PolicyTarget } from '../crds/parts.ts';
import type { Context, FilterPlace } from '../filters/envoy-filter.ts';
import type { Sharing } from './sharing.ts';

/** A port as policies see it. */
export interface GuardedPort {
  readonly name: string;
  /** Port of the workload; policies ask for this one. */
  readonly number: number;
  /** Port that callers may write in `Host`. */
  readonly called: number;
  readonly http: boolean;
  /** Others listen there too, about whom the spec says something else. */
  readonly shared: boolean;
}

/** A service or gateway whose calls policies judge. */
export interface Guarded extends Node {
  /** Its document: `Service/shop/reviews`. */
  readonly from: string;
  readonly namespace: string;
  /** Parts of the names of its objects: the service's own, or `<name>.gateway`, which no service is called. */
  readonly name: readonly string[];
  /** The part of a policy's spec that says whom it guards. */
  readonly target: PolicyTarget;
  readonly access: Access;
  readonly authentication?: Authentication | undefined;
  readonly ports: readonly GuardedPort[];
  /** True if policies name the ports even if all are meant, so that others of the pods stay as they are. */
  readonly namesPorts: boolean;
  /** Ports of the pods that these policies leave open to any caller. */
  readonly passing: readonly number[];
  /** Parts of requests that change after policies have seen them; headers by name. */
  readonly changed?: {
    readonly paths: boolean;
    readonly hosts: boolean;
    readonly headers: ReadonlySet<string>;
  };
  /** Addresses of clients come from proxies in front, and policies can't tell whether there is one. */
  readonly hidesAddresses?: boolean;
  readonly judge: Judge;
}

/** Returns whether the proxy changes what an operation asks for after it has judged. */
export function isChanged({ paths, hosts, headers }: AccessOperation, { changed }: Guarded): boolean {
  if (changed === undefined) return false;
  return (
    (paths !== undefined && changed.paths) ||
    (hosts !== undefined && changed.hosts) ||
    (headers ?? []).some(({ name }) => changed.headers.has(name))
  );
}

/** The proxies that judge. */
export interface Judge {
  readonly place: FilterPlace;
  /** True if they see the ports that policies name. */
  readonly seesPorts: boolean;
  /** Returns a principal of RBAC in their words, given one for callers whose connections end there. */
  readonly identityOf: (principal: Json) => Json;
}

function judgeOf(context: Context, { labels }: Service['workload']): Judge {
  return { place: { context, labels }, seesPorts: true, identityOf: (principal) => principal };
}

/** A service, and who else its pods serve. */
export function guardedService(service: Service, { shared, passing }: Sharing): Guarded {
  const { id, namespace, name, origin, workload, access, authentication } = service;
  return {
    origin,
    from: `Service/${id}`,
    namespace,
    name: [name],
    target: { selector: { matchLabels: workload.labels } },
    access,
    authentication,
    ports: service.ports.map((port) => ({
      name: port.name,
      number: port.targetPort,
      called: port.number,
      http: port.http,
      shared: shared.has(port.targetPort),
    })),
    namesPorts: true,
    passing,
    judge: judgeOf('SIDECAR_INBOUND', workload),
  };
}

/**
 * A gateway. A listener that sends everything to https isn't guarded: nothing gets through. Ports are named only where it
 * matters, since a Kubernetes Service may lead the listener's port to another of the pods.
 */
export function guardedGateway(gateway: Gateway): Guarded {
  const { id, namespace, name, origin, workload, access, authentication, listeners } = gateway;
  const guarded = listeners.filter(({ httpsRedirect }) => !httpsRedirect);
  return {
    origin,
    from: `Gateway/${id}`,
    namespace,
    name: [name, 'gateway'],
    target: { selector: { matchLabels: workload.labels } },
    access,
    authentication,
    ports: guarded.map((listener) => ({
      name: listener.name,
      number: listener.port,
      called: listener.port,
      http: listener.protocol === 'http' || listener.protocol === 'https',
      shared: false,
    })),
    hidesAddresses: listeners.some(({ clientAddress }) => clientAddress !== undefined),
    namesPorts: guarded.length < listeners.length,
    passing: listeners.filter(({ httpsRedirect }) => httpsRedirect).map(({ port }) => port),
    judge: judgeOf('GATEWAY', workload),
  };
}
