import type { Budget } from '../budget.ts';
import type { Part, Value } from '../values.ts';

/** Answers that several texts together have, and the fewest texts. */
export interface Together {
  readonly accepted: readonly boolean[];
  readonly texts: readonly string[];
}

/** The most values of one variable that combinations of texts make. */
const most = 256;

/**
 * Returns the answers that one or more texts together have: a test holds if it holds for one of the texts. Returns
 * undefined if they are too many for one variable.
 */
export function unions(
  single: readonly { readonly accepted: readonly boolean[]; readonly shortest: string }[],
  subject: string,
  budget: Budget,
): readonly Together[] | undefined {
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
      if (found.size > most) return undefined;
    }
  }
  return queue;
}

/**
 * Returns the values of the variables that ask for each text on its own, for texts whose combinations are too many; `part`
 * is the part of a request with these texts.
 */
export function members(
  single: readonly { readonly accepted: readonly boolean[]; readonly shortest: string }[],
  part: (texts: readonly string[]) => Part,
): readonly (readonly Value[])[] {
  return single.map(({ accepted, shortest }) => [
    { answers: accepted.map(() => false), part: part([]) },
    { answers: accepted, part: part([shortest]) },
  ]);
}

function keyOf(accepted: readonly boolean[]): string {
  return accepted.map(Number).join('');
}
