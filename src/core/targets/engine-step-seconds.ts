import type { Rollout } from '../ir/rollout.ts';

/** Seconds of an engine's shortest step: its queries look back over a minute. */
const shortest = 60;

/** Seconds that all steps together take if none has a `hold`. */
const together = 600;

/**
 * Returns the seconds that an engine stays at each step below 100 %: the step's `hold`, or an equal part of ten
 * minutes. Flagger has one time for all steps, so each gets the longest.
 */
export function stepSeconds({ steps, engine }: Pick<Rollout, 'steps' | 'engine'>): readonly number[] {
  const judged = steps.filter(({ weight }) => weight < 100);
  const usual = Math.max(shortest, Math.ceil(together / Math.max(judged.length, 1)));
  const seconds = judged.map(({ hold }) => (hold === 0 ? usual : Math.max(shortest, Math.ceil(hold / 1000))));
  return engine === 'flagger' ? seconds.map(() => Math.max(...seconds)) : seconds;
}
