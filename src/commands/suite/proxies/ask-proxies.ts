import type { Ir } from '../../../core/ir/ir.ts';
import { decide } from '../../../core/semantics/decide.ts';
import type { Forwarded, Outcome } from '../../../core/semantics/outcome.ts';
import type { Mismatch } from '../../../core/suite/mismatch.ts';
import { mismatches } from '../../../core/suite/mismatches.ts';
import { isUndeclared, notComparable, undeclared } from '../../../core/suite/proxies/not-comparable.ts';
import type { Observation } from '../../../core/suite/proxies/observation.ts';
import { observedMismatches } from '../../../core/suite/proxies/observed-mismatches.ts';
import { observedShares, originals } from '../../../core/suite/proxies/observed-shares.ts';
import { isStream, prepare } from '../../../core/suite/proxies/sending.ts';
import { sampleSize } from '../../../core/suite/proxies/share-bound.ts';
import type { SuiteTest } from '../../../core/suite/suite.ts';
import type { TestResult } from '../../../core/suite/test-result.ts';
import { askStream } from './ask-stream.ts';
import type { EnvoyMesh } from './envoy-mesh.ts';
import type { Extra, Seen } from './probe.ts';
import { probeTimeout, probeTries } from './probes.ts';
import type { ProxyParts } from './proxy-parts.ts';

/** The number of requests by which a share of all requests is measured. */
const fewSamples = 20;

/** The most waits for a rate limit. */
const mostWaits = 5;

/** Asks tests on running proxies, one request after the other. */
export class ProxyAsker {
  private readonly mesh: EnvoyMesh;
  private readonly ir: Ir;
  private readonly parts: ProxyParts;
  private counted = 0;
  /** Samples by the lines that decide and the shares that they give. */
  private readonly sampled = new Map<string, readonly Observation[]>();

  /** `ir` is the mesh of the spec, by which expectations are read. */
  constructor(mesh: EnvoyMesh, ir: Ir, parts: ProxyParts) {
    this.mesh = mesh;
    this.ir = ir;
    this.parts = parts;
  }

  /** Returns the result of a test. Fields that proxies don't show are compared with the meaning of the mesh. */
  async ask(test: SuiteTest): Promise<TestResult> {
    const { request, expected } = test;
    const outcome = decide(this.ir, request);
    const { decidedBy } = outcome;
    const byMeaning = mismatches(expected, outcome, request, this.ir);
    const reason = notComparable(request, outcome, this.ir);
    if (reason !== undefined) return { test, state: 'not-compared', mismatches: [], decidedBy, note: reason };
    const { found, unseen } = isStream(this.mesh.ir, request)
      ? await askStream(test, outcome, (words) => this.send(test, words))
      : await this.observed(test, outcome, byMeaning);
    if (found.length > 0 && byMeaning.length === 0 && isUndeclared(request, this.ir))
      return { test, state: 'not-compared', mismatches: [], decidedBy, note: undeclared };
    const isOver = found.some(({ field }) => field === 'outcome');
    const all = isOver
      ? found
      : [...found, ...byMeaning.filter(({ field }) => unseen.some((own) => field.split('.')[0] === own))];
    return {
      test,
      state: all.length === 0 ? 'passed' : 'failed',
      mismatches: all,
      decidedBy,
      ...(unseen.length > 0 && { note: `by the meaning of the mesh only: ${unseen.join(', ')}` }),
    };
  }

  private async observed(test: SuiteTest, outcome: Outcome, byMeaning: readonly Mismatch[]): Promise<Seen> {
    const { expected, request } = test;
    const unseen: string[] = unseenFields.filter((field) => expected[field] !== undefined);
    const first = await this.once(test, outcome);
    if (outcome.outcome !== 'forwarded')
      return { found: observedMismatches(expected, first, undefined), unseen };
    const samples = await this.samples(test, outcome, first);
    // Samples may be of another request that the same rule splits, unless servers refuse a share.
    const seen =
      outcome.refusedShare === undefined
        ? first
        : (samples.find(({ arrivals }) => originals(arrivals, outcome).length > 0) ?? first);
    const found = [...observedMismatches(expected, seen, originals(seen.arrivals, outcome)[0])];
    if (found.some(({ field }) => field === 'outcome')) return { found, unseen };
    if (samples.length > 1) found.push(...observedShares(expected, samples, outcome, request, this.ir));
    else unseen.push(...shareFields.filter((field) => expected[field] !== undefined));
    const meant = (field: string): boolean => byMeaning.every((one) => one.field !== field);
    const probe = (extra: Extra): Promise<Observation> => this.send(test, extra);
    for (const [field, measure] of [
      ['tries', probeTries],
      ['timeout', probeTimeout],
    ] as const) {
      if (expected[field] === undefined) continue;
      const result = meant(field) ? await measure(request, outcome, probe) : undefined;
      if (result === undefined) unseen.push(field);
      else found.push(...result);
    }
    return { found, unseen };
  }

  /** Sends a request as often as its expected shares need. */
  private async samples(
    { expected, ...test }: SuiteTest,
    outcome: Forwarded,
    first: Observation,
  ): Promise<readonly Observation[]> {
    const isShared = shareFields.some((field) => expected[field] !== undefined);
    if ((!isShared && outcome.refusedShare === undefined) || outcome.rateLimited.length > 0) return [first];
    const { decidedBy, backends, mirrors, refusedShare } = outcome;
    const own = refusedShare === undefined ? test.request.to : test.request;
    const key = JSON.stringify([decidedBy, backends, mirrors, refusedShare, own]);
    const written = [
      ...Object.values({ ...expected.backends, ...expected.mirrors }),
      expected.refusedShare ?? 0,
    ];
    const isWhole =
      [...backends, ...mirrors].every(({ share }) => share === 1) &&
      refusedShare === undefined &&
      written.every((share) => [0, 100].includes(Number.parseFloat(String(share))));
    // Few samples of an earlier test say little about a share that this test expects.
    const samples = [...(this.sampled.get(key) ?? [first])];
    const needed = isWhole ? fewSamples : sampleSize;
    if (samples.length >= needed) return samples;
    while (samples.length < needed && !this.parts.signal.aborted)
      samples.push(await this.send({ expected, ...test }, []));
    if (mirrors.length > 0 || expected.mirrors !== undefined)
      await this.parts.clock.sleep(300, this.parts.signal);
    this.sampled.set(key, samples);
    return samples;
  }

  /** Sends a request once; if a rate limit refuses it, again as soon as its bucket is filled. */
  private async once(test: SuiteTest, outcome: Outcome): Promise<Observation> {
    let seen = await this.send(test, []);
    const limits = outcome.outcome === 'forwarded' ? outcome.rateLimited : [];
    for (let waits = 0; waits < mostWaits && limits.length > 0 && seen.answer.status === 429; waits += 1) {
      const refill = Math.max(...limits.map(({ requests, per }) => per / Math.max(requests, 1)));
      await this.parts.clock.sleep(Math.min(refill + 50, 2_000), this.parts.signal);
      seen = await this.send(test, []);
    }
    return seen;
  }

  private async send({ request }: SuiteTest, extra: Extra): Promise<Observation> {
    this.counted += 1;
    const testId = `test-${String(this.counted)}`;
    const { sending } = await prepare(this.mesh, request, testId, { extra });
    const { sender } = this.parts;
    if (isStream(this.mesh.ir, request)) {
      const greeting = await sender.greet(sending);
      const [service = '', version = ''] = greeting?.split(' ') ?? [];
      const answer = { status: greeting === undefined ? 0 : 200, headers: [], body: '', milliseconds: 0 };
      const arrival = { service, version, port: '', method: '', path: '', host: '', headers: [] };
      return { answer, arrivals: greeting === undefined ? [] : [arrival] };
    }
    const answer = await sender.send(sending);
    // The list of the applications: copies that arrive after the answer are added.
    return { answer, arrivals: this.mesh.arrivals(testId) };
  }
}

/** Fields that no answer of a proxy shows. */
const unseenFields = ['decidedBy', 'port', 'perTryTimeout', 'retryOn', 'fault', 'rateLimited'] as const;

const shareFields = ['backends', 'refusedShare', 'mirrors'] as const;
