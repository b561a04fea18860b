import type { Ir } from '../../../../src/core/ir/ir.ts';
import { isServed, type ServerCall } from './server-calls.ts';

/** Counts calls of all cases by the answer of a server and the decision of the language. */
export class AccessTally {
  #compared = 0;
  #allowed = 0;
  readonly #named = new Map<string, number>();

  get compared(): number {
    return this.#compared;
  }

  get allowed(): number {
    return this.#allowed;
  }

  /** Counts the calls of a mesh, and returns those that differ for no reason of the target. */
  add(
    ir: Ir,
    calls: readonly ServerCall[],
    answers: readonly boolean[],
    reasonOf: (call: ServerCall, isPassed: boolean) => string | undefined,
  ): readonly string[] {
    const wrong: string[] = [];
    for (const [index, call] of calls.entries()) {
      const isPassed = answers[index] === true;
      const isAllowed = isServed(ir, call);
      this.#compared += 1;
      if (isAllowed) this.#allowed += 1;
      if (isAllowed === isPassed) continue;
      const reason = reasonOf(call, isPassed);
      if (reason === undefined)
        wrong.push(`${JSON.stringify(call.request)} ${isPassed ? 'served' : 'refused'}`);
      else this.#named.set(reason, (this.#named.get(reason) ?? 0) + 1);
    }
    return wrong;
  }

  /** Returns the numbers as a line of JSON. */
  report(): string {
    return JSON.stringify({ compared: this.#compared, allowed: this.#allowed, named: [...this.#named] });
  }
}
