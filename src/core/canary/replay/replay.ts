import type { Part, StreamLine } from '../../evidence/stream-line.ts';
import { beginJudging } from '../judge/begin-judging.ts';
import { advance, arrived, beginClimb, type Climb, isBeforeLastStep, mayAdvance } from '../judge/climb.ts';
import { endAttempt } from '../judge/end-attempt.ts';
import { endReading } from '../judge/end-reading.ts';
import type { JudgePolicy } from '../judge/judge-policy.ts';
import type { JudgeState } from '../judge/judge-state.ts';
import { observe } from '../judge/observe.ts';
import type { Verdict } from '../judge/verdict.ts';
import { decide, verdictOf } from '../judge/verdict-of.ts';

/** Seconds within which a stream has to take up a decided weight; a stream that doesn't comes from another rollout. */
const patience = 120;

/** Judges a recorded stream as a live run would have: line by line, with the same decisions at the same times. */
export class Replay {
  readonly #policy: JudgePolicy;
  #state: JudgeState;
  /**
   * The lines before the first counters; undefined afterwards. The first counters show if the stream names services and
   * targets.
   */
  #early: StreamLine[] | undefined = [];
  #climb: Climb = beginClimb();
  /** False if the stream's weights differ from the decided ones; the replay then takes its own weights as given. */
  #follows = true;
  #hasWeight = false;
  #verdict: Verdict | undefined;
  #readingAt: number | undefined;

  constructor(policy: JudgePolicy) {
    this.#policy = policy;
    this.#state = beginJudging(policy);
  }

  /** The verdict that ended the run, if one did. */
  get verdict(): Verdict | undefined {
    return this.#verdict;
  }

  /** Takes the next line. Ignores lines after the verdict, since a live run would not have read them. */
  take(line: StreamLine): void {
    if (this.#early === undefined) {
      this.#take(line);
      return;
    }
    this.#early.push(line);
    if ('requests' in line) this.#begin(line);
  }

  /** Begins with all parts of the rollout, or with one if the stream names none. */
  #begin(line: Part): void {
    const isNameless = line.service === undefined && line.target === undefined;
    if (isNameless) this.#state = beginJudging({ ...this.#policy, parts: [] });
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const each of early) this.#take(each);
  }

  #take(line: StreamLine): void {
    if (this.#readingAt !== undefined && line.t > this.#readingAt) this.#endReading(this.#readingAt);
    if (this.#verdict !== undefined) return;
    this.#state = observe(this.#state, line);
    this.#readingAt = this.#state.now;
    if ('weight' in line) this.#followWeight(line.weight, line.t);
  }

  /** Ends the stream. Without an earlier verdict the end counts as the deadline. */
  end(): Verdict {
    if (this.#early !== undefined) this.#begin({});
    if (this.#readingAt !== undefined) this.#endReading(this.#readingAt);
    return (this.#verdict ??= this.#atDeadline());
  }

  #endReading(t: number): void {
    if (this.#verdict !== undefined) return;
    this.#state = endReading(this.#state, t);
    if (t >= this.#policy.deadline) {
      this.#verdict = this.#atDeadline();
      return;
    }
    const asked = { mayPromote: isBeforeLastStep(this.#state, this.#climb), isOver: false };
    const [verdict] = decide(this.#state, asked);
    if (
      verdict === 'fail' ||
      verdict === 'pass' ||
      (verdict === 'blind' && this.#policy.on.blind === 'rollback')
    )
      this.#verdict = verdictOf(this.#state, asked);
    else this.#goOn(t);
  }

  #goOn(t: number): void {
    const { awaiting, step } = this.#climb;
    if (awaiting !== undefined && t - awaiting > patience) this.#follows = false;
    if (awaiting !== undefined && !this.#follows) this.#climb = arrived(this.#climb, this.#state, t);
    if (step >= this.#policy.steps.length - 2 || !mayAdvance(this.#state, this.#climb).yes) return;
    this.#climb = advance(this.#climb, t);
    if (!this.#follows) this.#climb = arrived(this.#climb, this.#state, t);
  }

  #followWeight(weight: number, t: number): void {
    const { steps } = this.#policy;
    if (!this.#hasWeight && weight > 0) {
      this.#hasWeight = true;
      this.#follows = weight === steps[0]?.weight;
      this.#climb = arrived(this.#climb, this.#state, t);
    } else if (this.#climb.awaiting !== undefined && weight === steps[this.#climb.step]?.weight)
      this.#climb = arrived(this.#climb, this.#state, t);
  }

  #atDeadline(): Verdict {
    this.#state = endAttempt(this.#state);
    const asked = { mayPromote: isBeforeLastStep(this.#state, this.#climb), isOver: true };
    return verdictOf(this.#state, asked);
  }
}
