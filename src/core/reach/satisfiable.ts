import { RE2JSSyntaxException } from 're2js';
import { Budget } from './budget.ts';
import { compileMeanings } from './compiled.ts';
import { all, type Condition, not } from './condition.ts';
import { branch, type Meaning } from './meaning.ts';
import { Unproved } from './unproved.ts';

/** The most steps and states for one question; a question beyond them has no answer. */
const limits = [400_000, 10_000] as const;

const yes: Meaning = { label: { holds: true } };
const no = { label: { holds: false } };

/**
 * Returns for each condition whether some request that proxies let through fulfils it. Returns undefined if the
 * comparison can't know, or if RE2 rejects a pattern.
 */
export function satisfiable(conditions: readonly Condition[]): readonly boolean[] | undefined {
  const safe = not({ of: 'unsafe' });
  const meanings = conditions.map((condition) =>
    branch(
      all([condition, safe]),
      () => yes,
      () => no,
    ),
  );
  try {
    const { diagram, nodes, labels } = compileMeanings(meanings, new Budget(...limits));
    return nodes.map((node) => {
      const label = diagram.label(node);
      return label === undefined || labels[label] !== no.label;
    });
  } catch (error) {
    if (error instanceof Unproved || error instanceof RE2JSSyntaxException) return undefined;
    throw error;
  }
}
