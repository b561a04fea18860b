import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../../src/core/explain/request/parse-request.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import type { MeshCase, RequestData } from '../../cases/cases.ts';
import { comparedAtOnce, comparedWhenSlow } from './compared.ts';
import type { KnownDifference } from './known-difference.ts';
import type { LiveMesh } from './live-mesh.ts';
import { requestsOf } from './requests-of.ts';
import { send } from './send.ts';
import { isStream, prepare } from './sending.ts';

/** A running case, and the requests that can be compared on it. */
export interface LiveCase {
  readonly mesh: LiveMesh & { stop(): Promise<void> };
  /** Returns the value with the addresses of this run. */
  readonly moved: <T>(value: T) => T;
  /**
   * Returns the reason why a request is not compared: a feature that the target says is lost, or a part that the
   * harness lacks. Returns undefined if the request is compared. If absent, all requests are compared.
   */
  leftOut?(request: Request): string | undefined;
  /**
   * Returns true if a left-out request is sent nevertheless, provided that the spec refuses it: a loss must never let in
   * a caller that the spec refuses. If absent, no left-out request is sent.
   */
  keepsOut?(request: Request): boolean;
  /** Returns the differences of a request that must end differently from `decide`; undefined for other requests. */
  otherwise?(request: Request): Promise<readonly string[] | undefined>;
}

/** A way to run cases and compare them with `decide`. */
export interface Comparison {
  readonly cases: readonly MeshCase[];
  start(meshCase: MeshCase): Promise<LiveCase>;
  readonly known?: readonly KnownDifference[];
}

/** Numbers of requests, and of known differences. */
export interface Counts {
  compared: number;
  /** Number of requests that had to end differently. */
  otherwise: number;
  readonly leftOut: Map<string, number>;
  /** Number of left-out requests that the spec refuses and that were sent nevertheless. */
  stillRefused: number;
  readonly known: Map<string, number>;
}

/**
 * Returns true if a case can be compared. A case with silent services is about their answers; one without a target for
 * Envoy has no endpoints.
 */
export function isComparable({ target, silent }: MeshCase): boolean {
  return target !== undefined && silent.length === 0;
}

/**
 * Declares the tests of a comparison: each request of each case ends as `decide` says, or as the target says. A case
 * starts while the requests of the previous one wait for their answers, and its slow servers are waited for while the
 * next case runs.
 */
export function compareCases(comparison: Comparison): Counts {
  const counts: Counts = {
    compared: 0,
    otherwise: 0,
    leftOut: new Map(),
    stillRefused: 0,
    known: new Map(),
  };
  const starts = new Map<MeshCase, Promise<LiveCase>>();
  const started = (meshCase: MeshCase): Promise<LiveCase> => {
    const start = starts.get(meshCase) ?? comparison.start(meshCase);
    // The case itself reports the failure, which may come before any test awaits it.
    start.catch(() => undefined);
    starts.set(meshCase, start);
    return start;
  };
  const waits = new Map<MeshCase, Promise<readonly string[]>>();
  for (const [position, meshCase] of comparison.cases.entries()) {
    const slow: RequestData[] = [];
    describe(`${meshCase.name}: ${meshCase.about}`, () => {
      let live: LiveCase | undefined;
      beforeAll(async () => {
        live = await started(meshCase);
        const next = comparison.cases[position + 1];
        if (next !== undefined) void started(next);
      }, 120_000);
      afterAll(() => {
        starts.delete(meshCase);
        if (live === undefined) return;
        const wait = slowDifferences(live, slow, comparison, counts);
        // The test of the slow servers reports the failure, which may come before it awaits it.
        wait.catch(() => undefined);
        waits.set(meshCase, wait);
      });

      for (const { feature, requests } of requestsOf(meshCase)) {
        test(`${feature}: ${String(requests.length)} requests end as decided, or as the target says`, {
          timeout: 240_000,
        }, async () => {
          if (live === undefined) throw new Error(`${meshCase.name} does not run`);
          const wrong: string[] = [];
          for (const data of live.moved(requests)) {
            const found = await differencesOf(live, parsed(data, live.mesh), comparison, counts);
            if (found === 'not compared') continue;
            slow.push(data);
            wrong.push(...found.map((difference) => told(data, difference)));
          }
          expect(wrong.join('\n')).toBe('');
        });
      }
    });
  }
  describe('slow servers', () => {
    for (const meshCase of comparison.cases)
      test(`${meshCase.name}: requests end as decided, or as the target says`, {
        timeout: 240_000,
      }, async () => {
        expect((await waits.get(meshCase))?.join('\n')).toBe('');
      });
  });
  // A run that ends early or skips cases may have started a case that no test uses.
  afterAll(async () => {
    for (const start of starts.values()) await start.then(({ mesh }) => mesh.stop()).catch(() => undefined);
  }, 120_000);
  return counts;
}

async function differencesOf(
  live: LiveCase,
  request: Request,
  comparison: Comparison,
  counts: Counts,
): Promise<readonly string[] | 'not compared'> {
  const { mesh } = live;
  const reason = live.leftOut?.(request);
  if (reason !== undefined) {
    count(counts.leftOut, reason);
    if (
      live.keepsOut?.(request) !== true ||
      decide(mesh.ir, request).outcome !== 'refused' ||
      isStream(mesh.ir, request)
    )
      return 'not compared';
    counts.stillRefused += 1;
    return (await isLetIn(mesh, request)) ? ['reaches the application, decided refused'] : 'not compared';
  }
  const others = await live.otherwise?.(request);
  if (others !== undefined) {
    counts.otherwise += 1;
    return others.length === 0 ? 'not compared' : others;
  }
  counts.compared += 1;
  return unknown(await comparedAtOnce(mesh, request), live, request, comparison, counts);
}

/** Number of requests of a case that wait for slow servers at a time. */
const atATime = 8;

/** Returns the differences of requests to slow servers, and ends the case. */
async function slowDifferences(
  live: LiveCase,
  slow: readonly RequestData[],
  comparison: Comparison,
  counts: Counts,
): Promise<readonly string[]> {
  const left = live.moved(slow).values();
  const wrong: string[] = [];
  const lane = async (): Promise<void> => {
    for (const data of left) {
      const request = parsed(data, live.mesh);
      const found = unknown(await comparedWhenSlow(live.mesh, request), live, request, comparison, counts);
      wrong.push(...found.map((difference) => told(data, difference)));
    }
  };
  try {
    await Promise.all(Array.from({ length: atATime }, lane));
    return wrong;
  } finally {
    await live.mesh.stop();
  }
}

/** Returns the differences that are not known, and counts those that are. */
function unknown(
  differences: readonly string[],
  { mesh }: LiveCase,
  request: Request,
  { known = [] }: Comparison,
  counts: Counts,
): readonly string[] {
  const outcome = decide(mesh.ir, request);
  return differences.filter((difference) => {
    const found = known.find((one) => one.takes(difference, outcome, request, mesh.ir));
    if (found !== undefined) count(counts.known, found.name);
    return found === undefined;
  });
}

function told(data: RequestData, difference: string): string {
  return `${JSON.stringify(data)}\n    ${difference}`;
}

async function isLetIn(mesh: LiveMesh, request: Request): Promise<boolean> {
  const { sending, testId } = await prepare(mesh, request);
  await send(sending);
  return mesh.echoes.arrivals(testId).length > 0;
}

function parsed(data: RequestData, { ir }: LiveMesh): Request {
  const read = parseRequest(data, ir);
  if ('problem' in read) throw new Error(`${JSON.stringify(data)}: ${read.problem}`);
  return read.request;
}

function count(numbers: Map<string, number>, key: string): void {
  numbers.set(key, (numbers.get(key) ?? 0) + 1);
}

/** Returns the counts as lines for people. */
export function report({ compared: number, otherwise, leftOut, stillRefused, known }: Counts): string {
  const line = ([name, times]: readonly [string, number]): string =>
    `  ${String(times).padStart(6)}  ${name}`;
  return [
    `${String(number)} requests compared`,
    ...(otherwise > 0 ? [`${String(otherwise)} end in another way, which the target says, and did`] : []),
    'left out, by the feature that the target says is lost:',
    ...[...leftOut].map(line),
    `  (of these ${String(stillRefused)} are refused by the spec, and were sent: none got through)`,
    'differences that are known:',
    ...[...known].map(line),
  ].join('\n');
}
