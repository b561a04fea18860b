import type {
  Acceptance,
  Baseline,
  Baselines,
  ProxyAnswer,
  ProxyReport,
  WatchedProxy,
} from '../targets/acceptance.ts';
import type { Surroundings } from './delivery.ts';
import type { Event } from './event.ts';
import { settledOrLate } from './settled-or-late.ts';

/** The result of asking proxies about a stage. */
export type Gate =
  | {
      readonly state: 'accepted';
      readonly seen: ReadonlySet<string>;
      /** Proxies that gave no usable answer. */
      readonly silent: ReadonlyMap<string, Silence>;
      /** Counters of each proxy when it accepted. */
      readonly reports: Baselines;
    }
  | { readonly state: 'rejected'; readonly seen: ReadonlySet<string>; readonly message: string }
  | {
      readonly state: 'late';
      readonly seen: ReadonlySet<string>;
      readonly message: string;
      /** Proxies that ran before and do not run. */
      readonly gone: readonly string[];
    }
  | { readonly state: 'interrupted'; readonly seen: ReadonlySet<string> };

/** The silence of one proxy. */
export interface Silence {
  readonly reason: string;
  /** True if the proxy ran before and nobody listens at its address. */
  readonly isGone: boolean;
}

/** The stage that proxies are asked about, and how they are asked. */
export interface Question {
  readonly target: string;
  readonly acceptance: Acceptance;
  readonly watched: readonly WatchedProxy[];
  /** True if connections under the previous rules must have ended. */
  readonly drained: boolean;
  /** True if the whole revision must be in force, not only the changes of the stage. */
  readonly isLast: boolean;
  /** True if this run has already asked, or wrote nothing: a proxy that has never answered is then asked only once. */
  readonly isRepeated: boolean;
  /** Ids of proxies of this output that ever answered. */
  readonly known: ReadonlySet<string>;
}

/** Milliseconds that a run waits at most for a proxy that has never answered; with a short timeout, a quarter of it. */
const unseenGrace = 2_000;
/** Milliseconds that a run waits for a silent proxy that answered before, since it may be restarting. */
const silentGrace = 5_000;
const atOnce = 64;

/** Asks every proxy until each has accepted the revision in force; ends at the first that rejects it. */
export async function* gate(question: Question, around: Surroundings): AsyncGenerator<Event, Gate> {
  const { target, watched } = question;
  const round = new Round(question, around);
  const broken = watched.find(({ missing }) => missing !== undefined);
  if (broken?.missing !== undefined) {
    const detail = `cannot start: its bootstrap names ${broken.missing}, and the revision has no such file`;
    yield { type: 'proxy', target, id: broken.id, state: 'rejected', detail };
    return { state: 'rejected', seen: round.seen, message: `proxy ${broken.id} ${detail}` };
  }
  try {
    for (;;) {
      yield* round.look();
      if (round.end) return round.end;
      await around.clock.sleep(round.pause(), around.signal);
    }
  } finally {
    round.stop();
  }
}

/** One round of queries: the proxies that are still asked, and the verdicts on the others. */
class Round {
  readonly seen: Set<string>;
  end: Gate | undefined;
  private readonly question: Question;
  private readonly around: Surroundings;
  private readonly started: number;
  private readonly limit: number;
  private readonly until: string;
  private readonly ending = new AbortController();
  private readonly asked = new Map<string, Promise<void>>();
  private readonly answers = new Map<string, ProxyAnswer>();
  private readonly heard = new Map<string, number>();
  private readonly before = new Map<string, Baseline>();
  private readonly silent = new Map<string, Silence>();
  private readonly gone = new Set<string>();
  private readonly reports = new Map<string, Baseline>();
  private readonly reasons = new Map<string, string>();
  private readonly said = new Map<string, string>();
  private readonly foreign = new Set<string>();
  /** Ids of proxies that take the place of another one, which has been seen there. */
  private readonly successors = new Set<string>();
  private pending: readonly WatchedProxy[];

  constructor(question: Question, around: Surroundings) {
    const { watched, drained } = question;
    this.question = question;
    this.around = around;
    this.pending = watched;
    this.seen = new Set(watched.filter((proxy) => proxy.seen).map(({ id }) => id));
    this.started = around.clock.monotonic();
    this.limit = around.timeout + (drained ? Math.max(0, ...watched.map(({ drainTime }) => drainTime)) : 0);
    this.until = new Date(around.clock.now().getTime() + this.limit).toISOString();
    for (const { id, before } of watched) if (before) this.before.set(id, before);
  }

  /** Aborts the pending queries. */
  stop(): void {
    this.ending.abort();
  }

  /** Returns the milliseconds until the next look. */
  pause(): number {
    return this.elapsed() < 2_000 ? 100 : 500;
  }

  /** Asks each proxy without a pending query and judges the answers that have come. */
  async *look(): AsyncGenerator<Event> {
    const { target } = this.question;
    for (const proxy of this.pending) if (!this.asked.has(proxy.id)) this.ask(proxy);
    // Wait for one pause only, so that a slow proxy doesn't delay the others.
    await settledOrLate(Promise.all(this.asked.values()), this.pause(), this.around);
    const left: WatchedProxy[] = [];
    for (const proxy of this.pending) {
      const { id } = proxy;
      const answer = this.answers.get(id);
      this.answers.delete(id);
      if (answer === undefined) {
        left.push(proxy);
        continue;
      }
      if (answer.state === 'foreign' && this.predecessor(answer) === undefined && !this.foreign.has(id)) {
        this.foreign.add(id);
        yield { type: 'notice', target, message: `proxy ${id}: ${answer.detail}` };
      }
      this.noteGone(id, answer);
      const verdict = this.verdict(proxy, answer);
      switch (verdict.state) {
        case 'rejected':
          yield { type: 'proxy', target, id, state: 'rejected', detail: verdict.detail };
          this.end = { state: 'rejected', seen: this.seen, message: `proxy ${id} ${verdict.detail}` };
          return;
        case 'accepted':
          yield { type: 'proxy', target, id, state: 'accepted' };
          break;
        case 'unseen':
          yield { type: 'proxy', target, id, state: 'unseen', detail: verdict.detail };
          break;
        case 'silent':
          this.silent.set(id, { reason: verdict.reason, isGone: this.gone.has(id) });
          break;
        case 'waiting':
          left.push(proxy);
          if (this.isWorthSaying(id, verdict.reason))
            yield {
              type: 'waiting',
              target,
              ref: id,
              reason: verdict.reason,
              until: verdict.until ?? this.until,
            };
      }
    }
    this.pending = left;
    this.end = this.ended();
  }

  private ask(proxy: WatchedProxy): void {
    if (this.asked.size >= atOnce) return;
    const asking = this.question.acceptance.ask(proxy, this.around, this.ending.signal).then((answer) => {
      this.answers.set(proxy.id, answer);
      this.asked.delete(proxy.id);
    });
    this.asked.set(proxy.id, asking);
  }

  private noteGone(id: string, { state }: ProxyAnswer): void {
    if (state === 'absent' && this.seen.has(id)) this.gone.add(id);
    else this.gone.delete(id);
  }

  private verdict(proxy: WatchedProxy, answer: ProxyAnswer): Verdict {
    const { id, admin } = proxy;
    const address = `its admin address ${admin}`;
    if (answer.state === 'report') return this.judged(proxy, answer.report);
    if (answer.state === 'absent' && !this.seen.has(id)) {
      const reason = `${address} has never answered`;
      const grace = this.successors.has(id) ? silentGrace : Math.min(unseenGrace, this.around.timeout / 4);
      const isNew = !this.question.isRepeated || this.successors.has(id);
      return isNew && this.elapsed() < grace
        ? { state: 'waiting', reason }
        : { state: 'unseen', detail: reason };
    }
    const old = this.predecessor(answer);
    if (old !== undefined) return this.succession(proxy, old);
    // Another process does not go away by waiting, unless the proxy itself was there a moment ago and restarts.
    if (answer.state === 'foreign' && !this.heard.has(id)) return { state: 'silent', reason: answer.detail };
    const reason =
      answer.state === 'foreign'
        ? answer.detail
        : `${address} ${answer.state === 'absent' ? 'no longer answers' : 'takes connections and does not answer'}`;
    const since = this.elapsed() - (this.heard.get(id) ?? 0);
    if (since >= silentGrace) return { state: 'silent', reason };
    const until = new Date(this.around.clock.now().getTime() + silentGrace - since).toISOString();
    return { state: 'waiting', reason, until };
  }

  /** Returns the id of another proxy of this output that has the address, which happens if an instance is renamed. */
  private predecessor(answer: ProxyAnswer): string | undefined {
    return answer.state === 'foreign' && answer.node !== undefined && this.question.known.has(answer.node)
      ? answer.node
      : undefined;
  }

  /** Waits for a proxy that takes the place of another one; only the last step lets the other one end. */
  private succession({ id, admin }: WatchedProxy, old: string): Verdict {
    this.successors.add(id);
    const reason = `proxy ${old} still runs in its place, at ${admin}`;
    if (!this.question.isLast || this.elapsed() >= silentGrace) return { state: 'silent', reason };
    const until = new Date(this.around.clock.now().getTime() + silentGrace - this.elapsed()).toISOString();
    return { state: 'waiting', reason, until };
  }

  private judged({ id, expected }: WatchedProxy, report: ProxyReport): Verdict {
    this.seen.add(id);
    this.heard.set(id, this.elapsed());
    const at = this.around.clock.now().getTime();
    let before = this.before.get(id) ?? { at };
    const { acceptance, isLast, drained } = this.question;
    // Counters without a comparable baseline become the baseline: only later increases count.
    if (!acceptance.isComparable(before, report)) before = { at, report };
    this.before.set(id, before);
    const answer = acceptance.verdict(expected, before, report, isLast);
    if (answer.state !== 'accepted') return answer;
    const old = drained ? acceptance.draining(report) : 0;
    if (old > 0)
      return {
        state: 'waiting',
        reason: `${old === 1 ? '1 listener drains' : `${String(old)} listeners drain`}: open connections keep the rules and roots of before`,
      };
    this.reports.set(id, { at, report });
    return answer;
  }

  private isWorthSaying(id: string, reason: string): boolean {
    this.reasons.set(id, reason);
    if (this.elapsed() < 1_000 || !this.seen.has(id) || this.said.get(id) === reason) return false;
    this.said.set(id, reason);
    return true;
  }

  private ended(): Gate | undefined {
    const { seen, silent, reports } = this;
    if (this.pending.length === 0) return { state: 'accepted', seen, silent, reports };
    if (this.around.signal.aborted) return { state: 'interrupted', seen };
    if (this.elapsed() < this.limit) return undefined;
    return { state: 'late', seen, message: this.lateness(), gone: [...this.gone] };
  }

  private lateness(): string {
    const [first] = this.pending;
    const more = this.pending.length > 1 ? `, and ${this.pending.length - 1} more` : '';
    const reason = this.reasons.get(first?.id ?? '') ?? 'no answer';
    return `proxy ${first?.id ?? ''} did not accept in time: ${reason}${more}`;
  }

  private elapsed(): number {
    return this.around.clock.monotonic() - this.started;
  }
}

type Verdict =
  | { readonly state: 'accepted' }
  | { readonly state: 'unseen' | 'rejected'; readonly detail: string }
  | {
      readonly state: 'waiting' | 'silent';
      readonly reason: string;
      /** The end of this wait, ISO 8601, if it is before that of the stage. */
      readonly until?: string;
    };
