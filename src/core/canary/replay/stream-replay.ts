import type { Part, StreamLine } from '../../evidence/stream-line.ts';
import type { JudgePolicy } from '../judge/judge-policy.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { StreamProblem } from './parse-stream-line.ts';
import { Replay } from './replay.ts';
import { weightUnit } from './weight-unit.ts';

/** Judges the lines of one recorded stream, and checks the services and targets that they name. */
export class StreamReplay {
  readonly #policy: JudgePolicy;
  readonly #replay: Replay;
  #unit: 1 | 100 | undefined;

  constructor(policy: JudgePolicy) {
    this.#policy = policy;
    this.#replay = new Replay(policy);
  }

  /** True if the stream's weights were read as shares of one. */
  get hasShares(): boolean {
    return this.#unit === 100;
  }

  /** Takes a line. Returns a problem if the line names a service or target that the rollout doesn't have. */
  take(line: StreamLine, text: string): StreamProblem | undefined {
    const problem = this.#foreign(line, text);
    if (problem !== undefined) return problem;
    this.#replay.take('weight' in line ? { ...line, weight: this.#percent(line.weight) } : line);
    return undefined;
  }

  /** Ends the stream. */
  end(): Verdict {
    return this.#replay.end();
  }

  #percent(weight: number): number {
    if (weight > 0) this.#unit ??= weightUnit(weight, this.#policy.steps);
    return weight * (this.#unit ?? 1);
  }

  #foreign({ service, target }: Part, text: string): StreamProblem | undefined {
    const { parts } = this.#policy;
    if (parts.length === 0) return undefined;
    const at = (name: string) => Math.max(0, text.indexOf(`"${name}"`)) + 1;
    const known = (name: 'service' | 'target') =>
      [...new Set(parts.map((part) => part[name] ?? ''))].join(', ');
    if (service !== undefined && !parts.some((part) => part.service === service))
      return {
        problem: `the rollout has no service ${service} (it has ${known('service')})`,
        column: at('service'),
      };
    if (target !== undefined && !parts.some((part) => part.target === target))
      return {
        problem: `the rollout has no target ${target} (it has ${known('target')})`,
        column: at('target'),
      };
    return undefined;
  }
}
