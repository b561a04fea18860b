import type { Drift } from '../drift/drift.ts';
import type { Observed } from '../history/observed.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';
import type { ProxyStatus } from './status.ts';

/** Returns the differences between an output and the applied revision, and the proxies that show another revision. */
export async function findDrift(
  output: Pick<OutputDriver, 'drift'>,
  observed: Observed,
  proxies: readonly ProxyStatus[],
): Promise<readonly Drift[]> {
  return [
    ...(await output.drift(observed)),
    ...proxies.flatMap(({ id, state, detail = '' }): readonly Drift[] =>
      state === 'behind' || state === 'silent' ? [{ type: 'proxy', id, detail }] : [],
    ),
  ];
}
