import type { Rollout } from '../../ir/rollout.ts';

/** The shortest step of an engine: its queries look back over a minute. */
const shortest = 60;

/** The time that all steps together take at least if none has a `hold`. */
const together = 600;

/**
 * Returns the seconds of each step below 100 % under an engine: its `hold`, or its part of ten minutes. Flagger has one
 * time for all steps, the longest.
 */
export function stepSeconds({ steps, engine }: Pick<Rollout, 'steps' | 'engine'>): readonly number[] {
  const judged = steps.filter(({ weight }) => weight < 100);
  const usual = Math.max(shortest, Math.ceil(together / Math.max(judged.length, 1)));
  const seconds = judged.map(({ hold }) => (hold === 0 ? usual : Math.max(shortest, Math.ceil(hold / 1000))));
  return engine === 'flagger' ? seconds.map(() => Math.max(...seconds)) : seconds;
}
