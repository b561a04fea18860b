import fc from 'fast-check';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { canonicalJson } from '../../../src/core/lib/canonical-json.ts';
import { Budget } from '../../../src/core/reach/budget.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { type Compiled, compileMeanings } from '../../../src/core/reach/compiled.ts';
import { type Entry, requestMeaning } from '../../../src/core/reach/meaning/request-meaning.ts';
import type { Label } from '../../../src/core/reach/meaning.ts';
import { Unproved } from '../../../src/core/reach/unproved.ts';
import { ValueMemory } from '../../../src/core/reach/value-memory.ts';
import { identify } from '../../../src/core/semantics/caller.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import { meshes, requests } from '../../core/semantics/arbitrary.ts';
import { denseRequests } from './dense-requests.ts';
import { locate } from './locate.ts';
import { mixed } from './mixed.ts';

/**
 * The answers of the engine on one request: `same` and `differs` agree with `decide`, `wider` finds a difference where
 * this request has none, `unproved` has no answer, and the rest are faults.
 */
export type Answer =
  | 'same'
  | 'differs'
  | 'wider'
  | 'unproved'
  /** An outcome or a change that `decide` contradicts. */
  | 'wrong'
  /** A request that differs, of a pair whose comparison says "proved" and lists no change there. */
  | 'missed'
  /** A witness of the comparison that `decide` answers alike. */
  | 'alike';

/** The answers on the requests of pairs of meshes, with the first faults in words. */
export interface Tally {
  pairs: number;
  readonly answers: Record<Answer, number>;
  readonly faults: string[];
}

/** Returns a tally of nothing. */
export function emptyTally(): Tally {
  const answers = { same: 0, differs: 0, wider: 0, unproved: 0, wrong: 0, missed: 0, alike: 0 };
  return { pairs: 0, answers, faults: [] };
}

const asked = fc.oneof(requests, { weight: 2, arbitrary: denseRequests });
const pairs = fc.tuple(meshes, meshes, fc.nat(1023));

/** Parts of an outcome that are no part of the decision. */
const unread = new Set(['decidedBy', 'reason', 'hidden']);
const meaning = (outcome: Outcome | Label): string => canonicalJson(outcome, unread);
const status = (outcome: object): unknown => ('status' in outcome ? outcome.status : undefined);
const kind = (outcome: object): unknown => ('outcome' in outcome ? outcome.outcome : undefined);

/** Asks the engine and `decide` for `count` random requests to the dense pair of meshes of a number. */
export function askPair(number: number, count: number, tally: Tally): void {
  const [pair] = fc.sample(pairs, { numRuns: 1, seed: number + 1 });
  if (pair === undefined) throw new RangeError('no pair');
  const [before, other, mask] = pair;
  const after = mixed(before, other, mask);
  const list = fc.sample(asked, { numRuns: count, seed: number + 1 });
  const engine = new Engine(before, after);
  const differing: Request[] = [];
  for (const request of list) {
    const answer = engine.compared(request, differing);
    tally.answers[answer] += 1;
    if (answer === 'wrong') fault(tally, number, answer, request);
  }
  askComparison(before, after, differing, (answer, request) => {
    tally.answers[answer] += 1;
    fault(tally, number, answer, request);
  });
  tally.pairs += 1;
}

function fault({ faults }: Tally, number: number, answer: Answer, request: Request): void {
  if (faults.length < 20) faults.push(`pair ${String(number)}: ${answer}: ${JSON.stringify(request)}`);
}

/** The meanings of two meshes, compiled once for each caller and place. */
class Engine {
  private readonly known = new Map<string, Compiled | undefined>();
  private readonly memory = new ValueMemory();
  private readonly before: Ir;
  private readonly after: Ir;

  constructor(before: Ir, after: Ir) {
    this.before = before;
    this.after = after;
  }

  /** Returns the answer on a request; one that differs is put on the list. */
  compared(request: Request, differing: Request[]): Answer {
    const outcomes = [decide(this.before, request), decide(this.after, request)] as const;
    const isSame = meaning(outcomes[0]) === meaning(outcomes[1]);
    if (!isSame) differing.push(request);
    const compiled = this.compiled(request);
    if (compiled === undefined) return 'unproved';
    const [was = {}, is = {}] = [this.before, this.after].map((ir, index) =>
      locate(ir, compiled, compiled.nodes[index] ?? 0, request),
    );
    const agrees = [was, is].every(
      (label, index) =>
        kind(label) === kind(outcomes[index] ?? {}) && status(label) === status(outcomes[index] ?? {}),
    );
    const isSameLabel = meaning(was) === meaning(is);
    if (!agrees || (isSameLabel && !isSame)) return 'wrong';
    if (isSame) return isSameLabel ? 'same' : 'wider';
    return 'differs';
  }

  private compiled({ from, to, port, host, sni }: Request): Compiled | undefined {
    const entry: Entry = {
      from,
      to,
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
      ...(sni !== undefined && { sni }),
    };
    const key = JSON.stringify(entry);
    if (this.known.has(key)) return this.known.get(key);
    const compiled = this.fresh(entry);
    this.known.set(key, compiled);
    return compiled;
  }

  private fresh(entry: Entry): Compiled | undefined {
    try {
      const meanings = [requestMeaning(this.before, entry), requestMeaning(this.after, entry)];
      return compileMeanings(meanings, new Budget(), this.memory);
    } catch (error) {
      if (error instanceof Unproved) return undefined;
      throw error;
    }
  }
}

/** Asks the whole comparison: each witness is decided differently, and no request differs beside what it lists. */
function askComparison(
  before: Ir,
  after: Ir,
  differing: readonly Request[],
  found: (answer: Answer, request: Request) => void,
): void {
  const change = compareMeshes(before, after);
  const listed = [...change.gained, ...change.lost, ...change.routing];
  for (const { request } of listed)
    if (meaning(decide(before, request)) === meaning(decide(after, request))) found('alike', request);
  if (change.unproved.length > 0) return;
  const places = new Set([...listed.map(({ to }) => to), ...change.cut.map((place) => place.split(' ')[0])]);
  for (const request of differing.map((one) => numbered(before, one))) {
    if (passesBy(before, request)) continue;
    if (meaning(decide(before, request)) === meaning(decide(after, request))) continue;
    const isListed = request.to.type === 'gateway' ? places.has(request.to.id) : places.size > 0;
    if (!isListed) found('missed', request);
  }
}

/**
 * Returns a request to a gateway with the number of its port: a client connects to a number, and the name of a listener,
 * or no name, may lead to another number after a change.
 */
function numbered({ gateways }: Ir, request: Request): Request {
  const { listeners } = gateways[request.to.id] ?? { listeners: [] };
  if (request.to.type !== 'gateway' || listeners.length === 0) return request;
  const { port: asked = listeners.length === 1 ? listeners[0]?.name : 80 } = request;
  const known = listeners.find(({ name, port }) => name === asked || String(port) === String(asked));
  return { ...request, port: known?.port ?? 80 };
}

/** Returns true for a call of a workload without a proxy to an External: nothing of the mesh sees it. */
function passesBy(ir: Ir, { from, to }: Request): boolean {
  return to.id in ir.externals && identify(ir, from).type === 'workload';
}
