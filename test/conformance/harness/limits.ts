import { setTimeout as sleep } from 'node:timers/promises';
import type { Forwarded, Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import type { LiveMesh } from './live-mesh.ts';
import { first, probe } from './probes.ts';

/** Waits until the buckets that count a request have room for one more, whatever requests came before. */
export async function pauseForLimits(outcome: Outcome): Promise<void> {
  if (outcome.outcome !== 'forwarded' || outcome.rateLimited.length === 0) return;
  await sleep(Math.max(...outcome.rateLimited.map(({ requests, per }) => per / requests)) + 20);
}

/**
 * Compares the number of passing requests of a quick burst with the smallest full bucket and its refill during the
 * burst.
 */
export async function limitDifferences(
  mesh: LiveMesh,
  request: Request,
  outcome: Forwarded,
): Promise<readonly string[]> {
  const { rateLimited } = outcome;
  if (rateLimited.length === 0 || !first(mesh, 'limit', [rateLimited, outcome.decidedBy, request.headers]))
    return [];
  await sleep(
    Math.max(...rateLimited.map(({ requests, burst, per }) => (per * (requests + burst)) / requests)) + 100,
  );
  const capacity = Math.min(...rateLimited.map(({ requests, burst }) => requests + burst));
  const started = performance.now();
  const burst = await Promise.all(Array.from({ length: capacity * 2 + 5 }, () => probe(mesh, request)));
  const lasted = performance.now() - started;
  const passed = burst.filter(({ answer }) => answer.status === 200).length;
  const limited = burst.filter(({ answer }) => answer.status === 429).length;
  const arrived = burst.filter(({ arrivals }) => arrivals.length > 0).length;
  const most = Math.max(...rateLimited.map(({ requests, per }) => Math.ceil((lasted * requests) / per))) + 1;
  const found: string[] = [];
  if (passed < capacity || passed > capacity + most)
    found.push(
      `${String(passed)} of a burst passed in ${lasted.toFixed(0)} ms, decided ${String(capacity)} (+${String(most)})`,
    );
  if (passed + limited !== burst.length || arrived !== passed)
    found.push(
      `${String(passed)} passed, ${String(limited)} were 429, ${String(arrived)} of ${String(burst.length)} arrived`,
    );
  const headers = burst.find(({ answer }) => answer.status === 429)?.answer.headers ?? [];
  for (const { name, value } of outcome.responseHeaders.set) {
    const at = rateLimited.every(({ at: where }) => where === 'rule');
    if (at && !headers.some(([own, got]) => own === name && got === value))
      found.push(`429 lacks the response header ${name}`);
  }
  return found;
}
