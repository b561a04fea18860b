import type { Field } from '../../../import/field.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Backend, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import { readGrpcMatch, readHttpMatch } from './matches.ts';
import type { Nodes } from './nodes.ts';
import type { Objects } from './objects.ts';
import { durationText, millisecondsOf, nameFrom } from './references.ts';
import type { References, Resource } from './resource.ts';
import { readRetries } from './retries.ts';
import { routeKinds } from './route-order.ts';
import type { ServiceDrafts } from './service-drafts.ts';

/** A virtual service while its routes are read. */
export interface ReadService {
  readonly id: string;
  readonly host: string;
  readonly leadsTo: Set<string>;
  /** Rules of HTTP by port; services as documents of the service's own namespace name them. */
  readonly rules: Map<number, readonly RouteRule[]>;
}

/** The things to which routes of a virtual service refer. */
export interface Lookup {
  readonly nodes: Nodes;
  readonly drafts: ServiceDrafts;
  readonly context: ReadContext;
  /** The namespace of the Route. */
  readonly namespace: string;
  /** Routers that some virtual service has. */
  readonly used: Set<Resource>;
  readonly objects: Objects;
}

/** The time after which App Mesh ends a request whose route says none, in milliseconds. */
const usualTimeout = 15_000;

/** Returns the rule of a route for a port of its router; with `byPort` a route of another port is left to that one. */
export function ruleOf(
  field: Field,
  refers: References,
  port: number | undefined,
  read: ReadService,
  lookup: Lookup,
  byPort = false,
): RouteRule | undefined {
  const kind = routeKinds.find((one) => field.at(one).isPresent);
  if (kind === undefined) return undefined;
  const route = field.at(kind);
  const match = route.at('match');
  const asked = match.at('port').port();
  if (byPort && asked !== undefined && asked !== port) return undefined;
  const conditions = conditionsOf(match, kind);
  const rest = readRest(route, refers, kind, read, lookup);
  if (conditions === 'lost' || rest === undefined) return undefined;
  if (!byPort && asked !== undefined && port !== undefined && asked !== port) {
    match.at('port').differently({ callers: 'the router has no such port, so no request takes this route' });
    return undefined;
  }
  return { ...(Object.keys(conditions).length > 0 && { match: [conditions] }), ...rest };
}

function conditionsOf(match: Field, kind: (typeof routeKinds)[number]): RouteMatch | 'lost' {
  readEmpty(match);
  if (kind === 'tcpRoute') return {};
  return kind === 'grpcRoute' ? readGrpcMatch(match) : readHttpMatch(match);
}

/** Accounts for a map without fields. */
export function readEmpty(field: Field): void {
  if (typeof field.value === 'object' && Object.keys(field.value ?? {}).length === 0) field.carried();
}

/** Reads the shares, the time and the tries of a route; undefined without shares. */
function readRest(
  route: Field,
  refers: References,
  kind: (typeof routeKinds)[number],
  read: ReadService,
  lookup: Lookup,
): Omit<RouteRule, 'match'> | undefined {
  const backends = route
    .along('action', 'weightedTargets')
    .items()
    .flatMap((target): Backend | readonly Backend[] => readTarget(target, refers, read, lookup) ?? []);
  const timeout = millisecondsOf(route.along('timeout', 'perRequest'));
  route.along('timeout', 'idle').differently({
    callers: 'idle connections end after the usual hour, or as `connections.idleTimeout` says',
  });
  const retries = readRetries(route.at('retryPolicy'), timeout ?? usualTimeout);
  if (backends.length === 0) return undefined;
  const served =
    kind === 'tcpRoute' ? backends : backends.filter(({ service }) => !isNowhere(service, lookup));
  if (served.length === 0) return noInstances;
  return {
    backends: served,
    ...(served.length < backends.length && noInstancesFor(backends, served)),
    ...(timeout !== undefined && kind !== 'tcpRoute' && { timeout: durationText(timeout) }),
    ...(retries && { retries }),
  };
}

/** The answer of a proxy that has no instance to call. */
const noInstances = { respond: { status: 503 } } as const;

/** Returns that answer for the share of the backends without instances. */
function noInstancesFor(backends: readonly Backend[], served: readonly Backend[]): Pick<RouteRule, 'fault'> {
  const [all, rest] = [backends, served].map((list) =>
    list.reduce((sum, { weight = 1 }) => sum + weight, 0),
  ) as [number, number];
  return { fault: { abort: { status: 503, percent: (100 * (all - rest)) / all } } };
}

/** Returns true for a node at a host that is nowhere. */
function isNowhere(service: string | undefined, { nodes, namespace }: Lookup): boolean {
  return (
    service !== undefined && nodes.isNowhere(service.includes('/') ? service : `${namespace}/${service}`)
  );
}

function readTarget(
  target: Field,
  refers: References,
  read: ReadService,
  lookup: Lookup,
): Backend | undefined {
  const { nodes, namespace, context, drafts } = lookup;
  const weight = target.at('weight').number();
  const port = target.at('port').port();
  const node = refers.toTarget(target);
  if (node === undefined) return undefined;
  const server = nodes.serviceOf(node);
  if (server === undefined) {
    context.guess(node, { port: port ?? 80, protocol: 'http' }, target);
    return { service: nameFrom(node, namespace), ...(weight !== undefined && { weight }) };
  }
  if (!nodes.isOutside(node)) read.leadsTo.add(server);
  return backendOf(server, port ?? nodes.portOf(node), weight, {
    drafts,
    namespace,
    version: nodes.versionOf(node),
  });
}

/** Returns the share of a service, with the name of its port if the service has several. */
export function backendOf(
  server: string,
  port: number | undefined,
  weight: number | undefined,
  {
    drafts,
    namespace,
    version,
  }: Pick<Lookup, 'drafts' | 'namespace'> & { readonly version?: string | undefined },
): Backend {
  const name = port === undefined || drafts.portCount(server) < 2 ? undefined : drafts.portName(server, port);
  return {
    service: nameFrom(server, namespace),
    ...(version !== undefined && { version }),
    ...(name !== undefined && { port: name }),
    ...(weight !== undefined && { weight }),
  };
}
