import type { ProxyAnswer } from '../targets/acceptance.ts';
import { askProxies } from './ask-proxies.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import type { RunProgress } from './run-progress.ts';
import { watchedAt } from './watched.ts';

const grace = 5_000;
const pollEvery = 250;

/**
 * Returns the proxies of the new revision that answered before but don't answer now, even after time for a restart. A
 * proxy at whose address another process answers is not waited for. If that process is another proxy of this output, the
 * proxy is not missing: it doesn't run, and it starts when the other one ends.
 */
export async function missingProxies(
  delivery: Delivery,
  now: RunProgress,
  around: Surroundings,
): Promise<readonly string[]> {
  const step = now.steps.at(-1);
  if (step === undefined) return [];
  const acceptance = delivery.output.acceptance(delivery.target);
  const wanted = new Set(delivery.next.proxies.map(({ id }) => id));
  const started = around.clock.monotonic();
  let missing = watchedAt(acceptance, step, undefined, now).filter(({ id, seen }) => seen && wanted.has(id));
  for (;;) {
    const answers = await askProxies(acceptance, missing, around);
    const unheard = missing.map((proxy, i) => ({ proxy, answer: answers[i] }));
    const left = unheard.filter(({ answer }) => answer?.state !== 'report' && !isReplaced(answer, now.seen));
    missing = left.map(({ proxy }) => proxy);
    const waited = around.clock.monotonic() - started;
    const known = left.every(
      ({ proxy: { id }, answer }) => answer?.state === 'foreign' || now.silent.has(id),
    );
    if (known || waited >= grace || around.signal.aborted) return missing.map(({ id }) => id);
    await around.clock.sleep(pollEvery, around.signal);
  }
}

/** Returns true if another proxy of this output answers at the address. */
function isReplaced(answer: ProxyAnswer | undefined, known: ReadonlySet<string>): boolean {
  return answer?.state === 'foreign' && answer.node !== undefined && known.has(answer.node);
}
