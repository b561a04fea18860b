import type { Access, AccessOperation } from '../../../ir/access.ts';
import type { Authentication } from '../../../ir/authentication.ts';
import type { Gateway } from '../../../ir/gateway.ts';
import type { Node } from '../../../ir/node.ts';
import type { Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import type { PolicyTarget } from '../crds/parts.ts';
import type { Context, FilterPlace } from '../filters/envoy-filter.ts';
import { isServed, redirectsAlone } from '../networking/gateways.ts';
import type { SharedWith, Sharing } from './sharing.ts';

/** A port in the form that policies use. */
export interface GuardedPort {
  readonly name: string;
  /** The port of the workload, which policies compare. */
  readonly number: number;
  /** The port that callers may write in `Host`. */
  readonly called: number;
  readonly http: boolean;
  /** Others whose calls a policy on this port also decides; absent: there are none. */
  readonly shared?: SharedWith | undefined;
}

/** A service or gateway whose calls policies check. */
export interface Guarded extends Node {
  /** Its document: `Service/shop/reviews`. */
  readonly from: string;
  readonly namespace: string;
  /** Parts of the names of its objects: the service's own name, or `<name>` and `gateway`, which no service has. */
  readonly name: readonly string[];
  /** The part of a policy's spec that chooses the guarded pods or service. */
  readonly target: PolicyTarget;
  readonly access: Access;
  readonly authentication?: Authentication | undefined;
  readonly ports: readonly GuardedPort[];
  /** True if policies name the ports even if all are meant, so that other ports of the pods stay as they are. */
  readonly namesPorts: boolean;
  /** Ports of the pods that these policies leave open to any caller. */
  readonly passing: readonly number[];
  /** A service whose policies refuse calls to the pods of this service, which is open. */
  readonly refuser?: Service | undefined;
  /** Parts of requests that are changed after policies have checked them; headers by name. */
  readonly changed?: {
    readonly paths: boolean;
    readonly hosts: boolean;
    readonly headers: ReadonlySet<string>;
  };
  /** True if clients' addresses come from proxies in front, which policies can't verify. */
  readonly hidesAddresses?: boolean;
  readonly judge: Judge;
}

/** Returns true if the proxy changes what an operation compares after it has checked the policies. */
export function isChanged({ paths, hosts, headers }: AccessOperation, { changed }: Guarded): boolean {
  if (changed === undefined) return false;
  return (
    (paths !== undefined && changed.paths) ||
    (hosts !== undefined && changed.hosts) ||
    (headers ?? []).some(({ name }) => changed.headers.has(name))
  );
}

/** The proxies that check policies. */
export interface Judge {
  readonly place: FilterPlace;
  /** True if these proxies see the ports that policies name. */
  readonly seesPorts: boolean;
  /** Converts a principal of RBAC for callers whose connections end at the proxy to one for these proxies. */
  readonly identityOf: (principal: Json) => Json;
}

function judgeOf(context: Context, { labels }: Service['workload']): Judge {
  return { place: { context, labels }, seesPorts: true, identityOf: (principal) => principal };
}

/** Returns a service as policies guard it; `sharing` has the other services of its pods. */
export function guardedService(service: Service, { shared, passing }: Sharing, refuser?: Service): Guarded {
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
      shared: shared.get(port.targetPort),
    })),
    namesPorts: true,
    passing,
    refuser,
    judge: judgeOf('SIDECAR_INBOUND', workload),
  };
}

/**
 * Returns a gateway as policies guard it. A listener that redirects everything to https isn't guarded, since no call
 * passes, unless another listener has its port. Ports are named only if necessary, since a Kubernetes Service may map the
 * listener's port to another port of the pods.
 */
export function guardedGateway(gateway: Gateway): Guarded {
  const { id, namespace, name, origin, workload, access, authentication, listeners } = gateway;
  const served = listeners.filter(isServed);
  const guarded = served.filter(({ httpsRedirect }) => !httpsRedirect);
  const passing = served.flatMap((one) => (redirectsAlone(gateway, one) ? [one.port] : []));
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
    })),
    hidesAddresses: listeners.some(({ clientAddress }) => clientAddress !== undefined),
    namesPorts: passing.length > 0,
    passing: [...new Set(passing)],
    judge: judgeOf('GATEWAY', workload),
  };
}
