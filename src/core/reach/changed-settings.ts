import type { Authentication } from '../ir/authentication.ts';
import type { External } from '../ir/external.ts';
import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import type { Forward, Route } from '../ir/route.ts';
import type { Service } from '../ir/service.ts';
import type { Settings } from '../ir/settings.ts';
import { own } from '../lib/own.ts';
import { sameSettings } from './same-meaning.ts';

/**
 * Returns the settings that differ and that no decision about a single request shows, in words: `outlier detection of
 * shop/reviews`. Services, Externals and gateways that come or go have none.
 */
export function changedSettings(before: Ir, after: Ir): readonly string[] {
  return [
    ...ofOwners(before.services, after.services, ofService),
    ...ofOwners(before.externals, after.externals, ofExternal),
    ...ofOwners(before.gateways, after.gateways, ofGateway),
    ...namesOf(ofMesh(before), ofMesh(after)).map((name) => `${name} of the mesh`),
  ];
}

/** Parts of a service, External, gateway or mesh that `decide` doesn't read, by their names for people. */
type Parts = Readonly<Record<string, unknown>>;

function ofOwners<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  partsOf: (owner: T) => Parts,
): readonly string[] {
  return Object.entries(after).flatMap(([id, owner]) => {
    const old = own(before, id);
    return old === undefined ? [] : namesOf(partsOf(old), partsOf(owner)).map((name) => `${name} of ${id}`);
  });
}

function namesOf(before: Parts, after: Parts): readonly string[] {
  return Object.keys(after).filter((name) => !isSame(before[name], after[name]));
}

/** Returns true if two parts are equal; those in a map are compared where both meshes have them. */
function isSame(one: unknown, other: unknown): boolean {
  if (!(one instanceof Map && other instanceof Map)) return sameSettings(one, other);
  return [...one].every(([rule, part]) => !other.has(rule) || sameSettings(part, other.get(rule)));
}

function ofService(service: Service): Parts {
  const { settings, healthCheck, telemetry, versions, workload, clusters, ports, authentication } = service;
  const { calls } = service;
  return {
    ...ofSettings(settings),
    'the health check': healthCheck,
    telemetry,
    'passing on of tokens': passedOn(authentication),
    endpoints: versions.map(({ name, instances }) => [name, instances]),
    labels: [workload.labels, versions.map(({ name, labels }) => [name, labels])],
    clusters,
    'target ports': ports.map(({ name, targetPort }) => [name, targetPort]),
    protocols: ports.map(({ name, protocol }) => [name, protocol]),
    ...ofRoutes(ports.map(({ route }) => route)),
    // A proxy need not know what its service doesn't declare.
    'declared calls': calls && [...new Set(calls.map((call) => call.service))].sort(),
  };
}

function ofExternal({ settings, addresses, ports, tls, gateway }: External): Parts {
  return {
    ...ofSettings(settings),
    addresses,
    'the egress gateway': gateway,
    'the client certificate': tls?.clientCertificate,
    'target ports': ports.map(({ name, targetPort }) => [name, targetPort]),
    protocols: ports.map(({ name, protocol }) => [name, protocol]),
    ...ofRoutes(ports.map(({ route }) => route)),
  };
}

function ofGateway({ listeners, instances, workload, authentication }: Gateway): Parts {
  return {
    endpoints: instances,
    'passing on of tokens': passedOn(authentication),
    labels: workload.labels,
    certificates: listeners.map(({ name, tls }) => [name, tls?.certificate, tls?.minVersion]),
    ...ofRoutes(listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route))),
  };
}

function ofMesh({ telemetry, rateLimiter, clusters }: Ir): Parts {
  return { telemetry, 'the rate limiter': rateLimiter, clusters };
}

function ofSettings(settings: Settings): Parts {
  const { outlierDetection, connections, loadBalancing, locality, retryBudget, rateLimit } = settings;
  return {
    'outlier detection': ejects(outlierDetection) ? outlierDetection : undefined,
    'connection limits': reachable(connections),
    'load balancing': loadBalancing,
    locality,
    'the retry budget': retryBudget,
    'the scope of the rate limit': new Map(rateLimit === undefined ? [] : [['', rateLimit.scope]]),
  };
}

function ejects(detection: Settings['outlierDetection']): boolean {
  return detection !== undefined && detection.consecutive5xx + detection.consecutiveGatewayErrors > 0;
}

/** Returns limits of connections without those that no proxy reaches: meshes write them where they want no limit. */
function reachable(connections: Settings['connections']): unknown {
  return Object.fromEntries(Object.entries(connections).filter(([, limit]) => Number(limit) < 2 ** 31 - 1));
}

/** Returns the issuers whose tokens the applications never see; undefined if there are none. */
function passedOn(authentication: Authentication | undefined): unknown {
  const kept = authentication?.issuers.filter(({ forward }) => !forward).map(({ issuer }) => issuer) ?? [];
  return kept.length === 0 ? undefined : kept.sort();
}

/** Returns the parts of Routes that no decision shows. */
function ofRoutes(routes: readonly Route[]): Parts {
  return {
    sessions: routes.flatMap(({ rules }) =>
      rules.flatMap(({ action }, rule) => (action.type === 'forward' ? sessionsOf(action, rule) : [])),
    ),
    'waits between tries': ofActions(routes, ({ retries }) => retries?.backoff),
    'gRPC statuses of faults': ofActions(routes, ({ fault }) => fault?.abort?.grpcStatus),
  };
}

/** Returns the session cookies of backends, by the positions of rule and backend. */
function sessionsOf({ backends }: Forward, rule: number): readonly unknown[] {
  return backends.flatMap(({ session }, backend) =>
    session === undefined ? [] : [[rule, backend, session]],
  );
}

/** Returns a part of each rule that has it, by the positions of route and rule. */
function ofActions(
  routes: readonly Route[],
  partOf: (action: Forward) => unknown,
): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [route, { rules }] of routes.entries())
    for (const [position, { action }] of rules.entries()) {
      const part = action.type === 'forward' ? partOf(action) : undefined;
      if (part !== undefined) found.set(`${String(route)} ${String(position)}`, part);
    }
  return found;
}
