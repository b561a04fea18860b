import { parseRequest } from '../../../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { PathMatch } from '../../../../src/core/ir/match.ts';
import { spiffeId } from '../../../../src/core/ir/principal.ts';
import { type Port, readsRequests, type Service } from '../../../../src/core/ir/service.ts';
import { arrive } from '../../../../src/core/semantics/arrival.ts';
import { effectiveHost } from '../../../../src/core/semantics/asked-port.ts';
import { normalisePath } from '../../../../src/core/semantics/normalise-path.ts';
import { passedPath } from '../../../../src/core/semantics/passed-path.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import { checkServer } from '../../../../src/core/semantics/server.ts';
import type { MeshCase } from '../../../cases/cases.ts';
import { requestsOf } from '../requests-of.ts';

/** A caller of the language as the server of a mesh sees it. */
export interface ServerCaller {
  readonly from: Request['from'];
  /** The service whose account the caller has; absent for a gateway and a caller without identity. */
  readonly service?: Service;
  readonly kind: 'pod' | 'gateway' | 'none';
  /** The id of the service or gateway; absent for a caller without identity, as its namespace. */
  readonly id?: string;
  readonly namespace?: string;
}

/** A call as it reaches a server, past all routes; the routes of its caller have no part in it. */
export interface ServerCall {
  readonly caller: ServerCaller;
  readonly service: Service;
  readonly port: Port;
  readonly request: Request;
}

/** Returns true if the rows of the server in the language's table of outcomes let a call in. */
export function isServed(ir: Ir, { service: { id }, port: { name }, request }: ServerCall): boolean {
  const service = ir.services[id];
  const port = service?.ports.find((one) => one.name === name);
  if (service === undefined || port === undefined) return false;
  const http = readsRequests(service, port);
  const arrival = arrive(request, {
    port: { name, number: port.number, http },
    scheme: 'http',
    path: http ? (passedPath(request) ?? '') : '',
    host: http ? effectiveHost(service, request) : '',
    identity: undefined,
  });
  const presented = request.from.type === 'spiffe' ? request.from.id : undefined;
  return checkServer(ir, service, { port, arrival, presented }).failure === undefined;
}

type Content = Pick<Request, 'method' | 'path' | 'query' | 'host' | 'headers' | 'claims'>;

/**
 * Returns the calls of every caller to every port of a case, with the contents of the case's requests and those at the
 * edges of the rules of Access. Paths that the language changes or refuses are left out.
 */
export function serverCalls(meshCase: MeshCase, ir: Ir): readonly ServerCall[] {
  const callers = callersOf(ir);
  const asked = contentsOf(meshCase, ir);
  return Object.values(ir.services).flatMap((service) => {
    const contents = distinct([...(asked.get(service.id) ?? []), ...edgesOf(service), plain]);
    return service.ports.flatMap((port) =>
      callers.flatMap((caller) =>
        (port.http ? contents : [plain]).map((content) => ({
          caller,
          service,
          port,
          request: {
            ...content,
            from: caller.from,
            to: { type: 'service', id: service.id } as const,
            port: port.name,
            host: content.host ?? `${service.name}.${service.namespace}:${String(port.number)}`,
          },
        })),
      ),
    );
  });
}

const plain: Content = { method: 'GET', path: '/', headers: [] };

function callersOf({ services, gateways }: Ir): readonly ServerCaller[] {
  return [
    ...Object.values(services).map((service) => ({
      kind: 'pod' as const,
      service,
      id: service.id,
      namespace: service.namespace,
      from: { type: 'spiffe', id: spiffeId(service.workload.principal) } as const,
    })),
    ...Object.values(gateways)
      .filter(({ type }) => type === 'ingress')
      .map(({ workload, namespace, id }) => ({
        kind: 'gateway' as const,
        id,
        namespace,
        from: { type: 'spiffe', id: spiffeId(workload.principal) } as const,
      })),
    { kind: 'none', from: { type: 'anonymous' } },
  ];
}

function contentsOf(meshCase: MeshCase, ir: Ir): ReadonlyMap<string, readonly Content[]> {
  const read = requestsOf(meshCase)
    .flatMap(({ requests }) => requests)
    .map((data) => parseRequest(data, ir))
    .flatMap((one) => ('request' in one ? [one.request] : []))
    .filter(({ path, query }) => normalisePath(path, query) === path);
  const byService = Map.groupBy(read, ({ to }) => to.id);
  return new Map(
    [...byService].map(([id, requests]) => [
      id,
      requests.map(({ method, path, query, host, headers, claims }) => ({
        method,
        path,
        ...(query !== undefined && { query }),
        ...(host !== undefined && { host }),
        headers,
        ...(claims !== undefined && { claims }),
      })),
    ]),
  );
}

/** Returns contents around the edges of a service's rules: each path and its neighbours, with each method. */
function edgesOf({ access }: Service): readonly Content[] {
  const sides = [...access.allow, ...access.deny].flatMap((rule) => [rule, ...(rule.except ?? [])]);
  const operations = sides.flatMap(({ to = [] }) => to);
  const methods = new Set(['GET', 'POST', 'PURGE', ...operations.flatMap(({ methods: own = [] }) => own)]);
  const paths = new Set(['/', ...operations.flatMap(({ paths: own = [] }) => own.flatMap(neighbours))]);
  return [...paths]
    .filter((path) => normalisePath(path) === path)
    .flatMap((path) =>
      [...methods].flatMap((method) => [
        { method, path, headers: [] },
        { method, path, query: 'a=/b', headers: [] },
      ]),
    );
}

function neighbours({ type, value }: PathMatch): readonly string[] {
  if (type === 'regex') return [];
  const own = value === '' ? '/' : value;
  return [
    own,
    `${own}/`,
    `${own}/x`,
    `${own}x`,
    own.slice(0, -1),
    `/x${own}`,
    own.replace(/[^/]*$/, 'y'),
  ].filter((path) => path.startsWith('/'));
}

function distinct(contents: readonly Content[]): readonly Content[] {
  return [...new Map(contents.map((content) => [JSON.stringify(content), content])).values()];
}
