import { parseRequest } from '../../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { spiffeId } from '../../../src/core/ir/principal.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { combinations, type MeshCase } from '../../cases/cases.ts';
import type { LiveMesh } from '../harness/live-mesh.ts';
import { attackTarget, isServed, targetsOf } from './attacked.ts';
import { fittingRequests } from './fitting-requests.ts';
import { type Guard, guardsOf } from './rules.ts';

/** The part of a case to attack: requests for each rule, and one of `share` spellings. */
export interface Extent {
  readonly requests: number;
  readonly share: number;
}

/** Results of all rules of a case. */
export interface CaseReport {
  readonly rules: number;
  readonly requests: number;
  readonly sent: number;
  /** Number of spellings of the request with the fewest. */
  readonly fewest: number;
  /** Number of requests that rules accept and that were served, without which refusals prove nothing. */
  readonly served: number;
  /** Rules that refuse no HTTP request. */
  readonly idle: readonly string[];
  /** Attacks that got through, one on each line. */
  readonly through: readonly string[];
}

/** A case on a running mesh. */
export interface AttackedCase {
  readonly mesh: LiveMesh;
  readonly meshCase: MeshCase;
  /** Returns a value with the addresses of this run. */
  readonly moved: <T>(value: T) => T;
  /**
   * Returns true if the platform supports all features that a request touches; other requests only need to be refused.
   */
  readonly isKept: (request: Request) => boolean;
  readonly extent: Extent;
}

/** Attacks every Access rule of a case on its running mesh. */
export async function attackCase({
  mesh,
  meshCase,
  moved,
  isKept,
  extent,
}: AttackedCase): Promise<CaseReport> {
  const guards = guardsOf(mesh.ir, poolOf(mesh.ir, meshCase, moved));
  const services = Object.values(mesh.ir.services).slice(0, 3);
  const identities = services.map(({ workload }) => spiffeId(workload.principal));
  const counts = { rules: 0, requests: 0, sent: 0, fewest: Number.POSITIVE_INFINITY, served: 0 };
  const through = new Map<string, readonly string[]>();
  const queue = [...guards];
  // Run several rules at once: attacks wait for answers that never come.
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      through.set(next.name, await attackGuard(next));
  };
  await Promise.all(Array.from({ length: 6 }, work));

  async function attackGuard(guard: Guard): Promise<readonly string[]> {
    const requests = chosen(guard.refused, extent.requests);
    if (requests.length === 0) return [];
    counts.rules += 1;
    const lines: string[] = [];
    for (const request of requests) {
      for (const target of await targetsOf(mesh, request)) {
        const report = await attackTarget(mesh, target, { identities, share: extent.share });
        counts.requests += 1;
        counts.sent += report.sent;
        counts.fewest = Math.min(counts.fewest, report.sent);
        lines.push(...report.through.map((line) => `${guard.name}: ${line}`));
      }
    }
    // An upgrade can't be sent in both versions of HTTP.
    const control = guard.served
      .filter(isKept)
      .find(({ headers }) => headers.every(({ name }) => name !== 'upgrade'));
    const [target] = control === undefined ? [] : await targetsOf(mesh, control);
    if (target === undefined) return lines;
    if (!(await isServed(mesh, target)))
      return [...lines, `${guard.name}: what it lets in isn't served: ${JSON.stringify(control)}`];
    counts.served += 1;
    return lines;
  }

  const idle = guards.filter(({ refused }) => refused.length === 0).map(({ name }) => name);
  const lines = guards.flatMap(({ name }) => through.get(name) ?? []);
  return { ...counts, idle, through: lines };
}

/** Returns the requests of the case, and requests made from its rules. */
function poolOf(ir: Ir, meshCase: MeshCase, moved: <T>(value: T) => T): readonly Request[] {
  const data = [
    ...meshCase.requests.map(({ request }) => request),
    ...meshCase.matrices.flatMap(combinations),
  ];
  const written = moved(data).flatMap((fields) => {
    const parsed = parseRequest(fields, ir);
    return 'problem' in parsed ? [] : [parsed.request];
  });
  const owners = [...Object.values(ir.services), ...Object.values(ir.gateways)];
  const made = owners.flatMap(({ id, access }) =>
    [...access.allow, ...access.deny].flatMap((rule) => fittingRequests(ir, id, rule)),
  );
  return [...written, ...made];
}

/** Returns `count` items of a list, evenly spread. */
function chosen<T>(list: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, list.length / count);
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
