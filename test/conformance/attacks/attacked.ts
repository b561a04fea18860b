import { spiffeId } from '../../../src/core/ir/principal.ts';
import { checkAccess } from '../../../src/core/semantics/access.ts';
import type { Arrival } from '../../../src/core/semantics/arrival.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import { normalisePath } from '../../../src/core/semantics/normalise-path.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import type { Arrival as Echoed } from '../harness/echo.ts';
import type { LiveMesh } from '../harness/live-mesh.ts';
import { prepare } from '../harness/sending.ts';
import { contentSpellings } from './content-spellings.ts';
import { fieldSpellings, identitySpellings } from './field-spellings.ts';
import { frameSpellings } from './frame-spellings.ts';
import { pathSpellings } from './path-spellings.ts';
import { identityOf } from './rules.ts';
import { targetSpellings } from './target-spellings.ts';
import { attack, type Bytes, type Entry, h1Bytes, h2Bytes, type Wire } from './wire.ts';

let counted = 0;

/** A request at one of the entries into the mesh, ready to be spelled. */
export interface Target {
  readonly request: Request;
  readonly entry: Entry;
  readonly wire: Wire;
}

/** Returns the ways of a caller: through its own proxy or as a client, and past its proxy to the server's. */
export async function targetsOf(mesh: LiveMesh, request: Request): Promise<readonly Target[]> {
  const { sending } = await prepare(mesh, request);
  const { address, method, path, host, headers, tls } = sending;
  const wire: Wire = {
    method,
    target: path,
    host,
    headers: headers.filter(([name]) => name !== 'x-test-id'),
  };
  const first: Target = { request, entry: { address, ...(tls === undefined ? {} : { tls }) }, wire };
  const around = await aroundProxy(mesh, request, wire);
  return around === undefined ? [first] : [first, around];
}

/**
 * Returns the way of a Service that uses its certificate without its proxy, and so without a Route; undefined if such a
 * call is accepted, and for other callers.
 */
async function aroundProxy(mesh: LiveMesh, request: Request, wire: Wire): Promise<Target | undefined> {
  const { ir } = mesh;
  const service = ir.services[request.to.id];
  const identity = identityOf(ir, request);
  if (request.from.type !== 'service' || service === undefined || identity === undefined) return undefined;
  const port = service.ports.find(({ name, number, http }) =>
    request.port === undefined ? http : [name, number].includes(request.port),
  );
  if (port === undefined) return undefined;
  const address = mesh.inbound(service.id, port.name);
  const pair = service.mtls === 'disabled' ? undefined : await mesh.certificateOf(identity);
  const secured = pair && { ...pair, ...(mesh.alpn && { alpn: mesh.alpn }) };
  const target: Target = { request, entry: { address, ...(secured && { tls: secured }) }, wire };
  const sent = { ...wire, path: wire.target, service: service.id, port: port.name };
  return takesAtService(mesh, target, sent) ? undefined : target;
}

/** Results of a target in all spellings. */
export interface Report {
  /** Number of different byte strings that were sent. */
  readonly sent: number;
  /** Spellings that got through, one on each line. */
  readonly through: readonly string[];
}

/**
 * Sends a refused request in every spelling, a few at a time. `identities` are named in forged headers. With `share`,
 * one of this many spellings is sent, and others for the next request.
 */
export async function attackTarget(
  mesh: LiveMesh,
  target: Target,
  { identities, share }: { readonly identities: readonly string[]; readonly share: number },
): Promise<Report> {
  const attempts = attemptsAt(target, identities).filter((_, index) => (index + counted) % share === 0);
  counted += 1;
  const statuses = new Map<Attempt, number>();
  const queue = [...attempts];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      statuses.set(next, await attack(target.entry, next.bytes));
  };
  await Promise.all(Array.from({ length: 12 }, work));
  // Check the arrivals only now, when slow requests have arrived, too.
  const through = attempts.flatMap((attempt) => {
    const fault = faultOf(mesh, target, attempt, statuses.get(attempt) ?? 0);
    if (fault === undefined) return [];
    const { name, bytes } = attempt;
    return [`${name} over ${bytes.version}: ${fault}\n    ${described(target, bytes)}`];
  });
  return { sent: attempts.length, through };
}

interface Attempt {
  readonly name: string;
  readonly same: boolean;
  /** The id by which the echoes record the attempt. */
  readonly id: string;
  readonly bytes: Bytes;
}

/** Returns the spellings of a target that differ in at least one byte. */
function attemptsAt({ wire }: Target, identities: readonly string[]): readonly Attempt[] {
  const seen = new Set<string>();
  const spellings = [
    ...pathSpellings,
    ...fieldSpellings,
    ...frameSpellings,
    ...targetSpellings,
    ...contentSpellings,
    ...identitySpellings(identities),
  ];
  return spellings.flatMap(({ name, same, spell }) =>
    (spell(wire) ?? []).flatMap((plain, index) => {
      const text = plain.bytes.toString('latin1');
      if (seen.has(text)) return [];
      seen.add(text);
      counted += 1;
      const id = `spelled-${String(counted)}`;
      const bytes = spell({ ...wire, headers: [...wire.headers, ['x-test-id', id]] })?.[index];
      return bytes === undefined ? [] : [{ name, same, id, bytes }];
    }),
  );
}

/** Returns true if an accepted request is served in both versions of HTTP: without this an attack proves little. */
export async function isServed(mesh: LiveMesh, { entry, wire }: Target): Promise<boolean> {
  for (const bytesOf of [h1Bytes, h2Bytes]) {
    counted += 1;
    const id = `let-in-${String(counted)}`;
    await attack(entry, bytesOf({ ...wire, headers: [...wire.headers, ['x-test-id', id]] }), 15_000);
    if (mesh.echoes.arrivals(id).length === 0) return false;
  }
  return true;
}

function described({ entry: { address } }: Target, { bytes }: Bytes): string {
  return `${address.host}:${String(address.port)} ${JSON.stringify(bytes.toString('latin1'))}`;
}

/** A request as an application receives it. */
type Received = Pick<Echoed, 'service' | 'port' | 'method' | 'path' | 'host' | 'headers'>;

/** Returns how a spelling got through; undefined if it did not. */
function faultOf(mesh: LiveMesh, target: Target, { same, id }: Attempt, status: number): string | undefined {
  const arrivals = mesh.echoes.arrivals(id);
  if (same && arrivals.length > 0) return `served by ${arrivals[0]?.service ?? ''}`;
  // For a gRPC caller a refusal has status 200, and a gRPC status in addition.
  const isGrpc = target.wire.headers.some(([, value]) => value.startsWith('application/grpc'));
  if (same && !isGrpc && status >= 200 && status < 400) return `answered ${String(status)}`;
  const wrong = arrivals.find((arrival) => !isLetIn(mesh, target, arrival));
  return wrong === undefined
    ? undefined
    : `${wrong.method} ${wrong.path} of ${wrong.host} arrived at ${wrong.service}, which is refused as it arrived`;
}

/**
 * Returns true if the rules accept the request that arrived, both as it arrived and as an application may read it: with
 * resolved dot segments that had parameters, and backslashes as slashes.
 */
function isLetIn(mesh: LiveMesh, target: Target, echoed: Echoed): boolean {
  const [path = '', query] = echoed.path.split('?');
  return [path, leniently(path)].every((read) => {
    const received = { ...echoed, path: query === undefined ? read : `${read}?${query}` };
    return takesAtService(mesh, target, received) && takesAtGateway(mesh, target, received);
  });
}

function takesAtService({ ir }: LiveMesh, { request }: Target, echoed: Received): boolean {
  const service = ir.services[echoed.service];
  if (service === undefined) return true;
  const gateway = request.to.type === 'gateway' ? ir.gateways[request.to.id] : undefined;
  const identity = gateway === undefined ? identityOf(ir, request) : spiffeId(gateway.workload.principal);
  const { path, query, headers } = readable(echoed);
  const arrival: Arrival = {
    port: { name: echoed.port, number: 0, http: true },
    scheme: 'http',
    method: echoed.method,
    path: normalisePath(path, query) ?? path,
    query,
    host: echoed.host,
    headers,
    address: undefined,
    sni: undefined,
    identity: service.mtls === 'disabled' ? undefined : identity,
    claims: request.claims,
    added: [],
    reserved: [],
  };
  return checkAccess(service.access, service, arrival, token(request)).failure === undefined;
}

/**
 * Returns true if a gateway's rules accept the request, which they see before its Route changes it. No Route of the
 * cases turns a request into one that they refuse.
 */
function takesAtGateway({ ir }: LiveMesh, { request }: Target, echoed: Received): boolean {
  if (request.to.type !== 'gateway') return true;
  const { path, query, headers } = readable(echoed);
  const { method, host } = echoed;
  const same = { ...request, method, host, path, headers };
  const outcome = decide(ir, query === undefined ? same : { ...same, query });
  return outcome.outcome !== 'refused' || outcome.status !== 403;
}

function readable(
  echoed: Received,
): Pick<Request, 'path' | 'headers'> & { readonly query: string | undefined } {
  const [path = '', query] = echoed.path.split('?');
  const headers = echoed.headers
    .map(([name, value]) => ({ name, value }))
    .filter(({ name }) => name !== 'host');
  return { path, query, headers };
}

function token({ claims }: Request): Readonly<Record<string, unknown>> | undefined {
  return claims === undefined || claims === 'invalid' ? undefined : claims;
}

function leniently(path: string): string {
  const segments: string[] = [];
  for (const segment of path.replaceAll('\\', '/').split('/')) {
    const bare = segment.replace(/;.*/, '').replace(/%2e/gi, '.');
    if (bare === '..') segments.pop();
    else if (bare !== '.') segments.push(segment);
  }
  const read = segments.join('/');
  return read.startsWith('/') ? read : `/${read}`;
}
