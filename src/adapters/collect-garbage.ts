import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes in use below which a collection saves less memory than it is worth time. */
const worthwhile = 100_000_000;

/**
 * Collects garbage if much memory is in use, after a step that lets go of most of it. V8 lets the heap grow in proportion
 * to the last collection: one that finds little in use keeps the heap small from then on.
 */
export function collectGarbage(): void {
  if (getHeapStatistics().used_heap_size < worthwhile) return;
  // A context that is made after the flag is set has the function.
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
