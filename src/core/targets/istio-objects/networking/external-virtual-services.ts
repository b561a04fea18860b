import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import { carriesRequests } from '../../../semantics/port.ts';
import type { Artifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Destination, HttpRoute } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { admittedTo } from './admitted.ts';
import { bothOf, type Callers, callersOf, isEveryCaller } from './callers.ts';
import { calledHost, destination } from './destination.ts';
import { markOf } from './egress-mark.ts';
import { exportedTo } from './exported-to.ts';
import { httpRoutes } from './http/http-routes.ts';
import { routeOrigins } from './route-origins.ts';
import { type StreamContext, tcpRoutes, tlsRoutes } from './stream-routes.ts';
import { nowhere } from './subsets.ts';

/** Returns the VirtualServices of calls to hosts outside the mesh, one for each destination. */
export function externalVirtualServices(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return Object.values(ir.externals).flatMap((external) =>
    placesOf(external).map(({ name, hosts }) => virtualService(ir, external, { name, hosts }, options)),
  );
}

/** Returns the destinations of an External: with fixed addresses, one for all hosts; with DNS, one for each host. */
export function placesOf({ name, hosts, addresses }: External): readonly Place[] {
  if (addresses.length > 0) return [{ name, hosts }];
  return hosts.map((host, index) => ({
    name: index === 0 ? name : objectName(name, host.replace(/^\*\./, 'wildcard.')),
    hosts: [host],
  }));
}

interface Place {
  readonly name: string;
  readonly hosts: readonly string[];
}

function virtualService(
  ir: Ir,
  external: External,
  { name, hosts }: Place,
  options: LoweringOptions,
): Artifact {
  const { id, namespace, ports } = external;
  const called = calledHost(external, hosts[0]);
  const callers = (from: Parameters<typeof callersOf>[1]): Callers =>
    bothOf(callersOf(ir, from, options.mode), admittedTo(ir, [{ service: id }], '', options.mode));
  const to = (backend: Parameters<typeof destination>[0]): Destination =>
    destination(backend, { ir, options, ...(backend.service === id && { called }) });
  const requests = ports.filter(carriesRequests);
  const rules = requests.flatMap((port) =>
    httpRoutes(port.route, {
      port: port.number,
      // Istio would otherwise apply these routes to the host on port 80, even if it has no service there.
      asksPort: true,
      minor: options.minor,
      scheme: 'http',
      names: hosts.filter((host) => !host.startsWith('*')),
      callers,
      admitted: (backends) => admittedTo(ir, backends, id, options.mode),
      destination: to,
      mark: (backend) => markOf(ir, backend),
    }),
  );
  // A rule for all requests of a port leaves none to refuse.
  const open = requests.filter(({ number }) => !rules.some(({ match }) => takesAll(match, number)));
  const http = [...rules, ...refusals(ir, external, open, options)];
  const context = ({ number }: ExternalPort): StreamContext => ({
    port: number,
    names: hosts,
    callers,
    destination: to,
    nowhere: { host: called, subset: nowhere.name, port: { number } },
  });
  const streams = ports.filter((port) => !carriesRequests(port));
  const tls = streams.filter(speaksTls).flatMap((port) => tlsRoutes(port.route, context(port)));
  const tcp = streams
    .filter((port) => !speaksTls(port))
    .flatMap((port) => tcpRoutes(port.route, context(port)));
  return object({
    kind: 'VirtualService',
    namespace,
    name,
    from: `External/${id}`,
    origins: [external.origin, ...routeOrigins(ports.map(({ route }) => route))],
    spec: {
      hosts: distinctHosts(hosts),
      gateways: ['mesh'],
      ...exportedTo(ir, external, options.mode),
      ...(http.length > 0 && { http }),
      ...(tls.length > 0 && { tls }),
      ...(tcp.length > 0 && { tcp }),
    },
  });
}

function takesAll(match: HttpRoute['match'], port: number): boolean {
  return match?.some((one) => Object.keys(one).length === 1 && one.port === port) === true;
}

/**
 * Returns routes that refuse callers which an External's `from` excludes: if egress is allowed, their calls would pass.
 */
function refusals(
  ir: Ir,
  { id, from }: External,
  ports: readonly ExternalPort[],
  { mode }: LoweringOptions,
): readonly HttpRoute[] {
  if (
    mode === 'ambient' ||
    ir.egress !== 'allow' ||
    from === undefined ||
    isEveryCaller(callersOf(ir, from, mode))
  )
    return [];
  return ports.map(({ name, number }) => ({
    name: `${id}:${name} refused`,
    match: [{ port: number }],
    directResponse: { status: 404 },
  }));
}

/** Returns true if the application's own TLS passes through, so that proxies see server names. */
export function speaksTls({ applicationTls, protocol }: ExternalPort): boolean {
  return applicationTls || protocol === 'tls';
}

/** Returns the hosts without those that another one covers, which Istio refuses. */
function distinctHosts(hosts: readonly string[]): readonly string[] {
  return hosts.filter(
    (host) =>
      !hosts.some((wider) => wider !== host && wider.startsWith('*.') && host.endsWith(wider.slice(1))),
  );
}
