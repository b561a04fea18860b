import type { Budget } from '../budget.ts';
import { Unproved } from '../unproved.ts';

/** Answers that several texts together have, and the fewest texts. */
export interface Together {
  readonly accepted: readonly boolean[];
  readonly texts: readonly string[];
}

const most = 4096;

/** Returns the answers that one or more texts together have: a test holds if it holds for one of the texts. */
export function unions(
  single: readonly { readonly accepted: readonly boolean[]; readonly shortest: string }[],
  subject: string,
  budget: Budget,
): readonly Together[] {
  const found = new Map<string, Together>();
  for (const { accepted, shortest } of single) found.set(keyOf(accepted), { accepted, texts: [shortest] });
  const queue = [...found.values()];
  for (let index = 0; index < queue.length; index += 1) {
    const at = queue[index];
    if (at === undefined) break;
    for (const { accepted, shortest } of single) {
      budget.spend(accepted.length, subject);
      const both = at.accepted.map((one, position) => one || accepted[position] === true);
      const key = keyOf(both);
      if (found.has(key)) continue;
      const together = { accepted: both, texts: [...at.texts, shortest] };
      found.set(key, together);
      queue.push(together);
      if (found.size > most) throw new Unproved(`${subject}: too many combinations of values`);
    }
  }
  return queue;
}

function keyOf(accepted: readonly boolean[]): string {
  return accepted.map(Number).join('');
}
