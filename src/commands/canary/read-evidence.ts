import type { Arms } from '../../core/evidence/arms.ts';
import type { StreamLine } from '../../core/evidence/stream-line.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import type { MetricsSource } from '../../ports/metrics-source.ts';

/** A service of a rollout in one target, with the counters of its arms. */
export interface Counted {
  readonly service: string;
  readonly target: string;
  readonly arms: Arms;
}

/**
 * Reads the counters of all services in all targets, and the metrics of the user, at `t` seconds. Takes the first
 * source that answers. Returns a failed line for everything that can't be read.
 */
export async function readEvidence(
  counted: readonly Counted[],
  { from, to, judge }: Rollout,
  sources: readonly MetricsSource[],
  t: number,
  signal: AbortSignal,
): Promise<readonly StreamLine[]> {
  const isDivided = counted.length > 1;
  const parts = await Promise.all(
    counted.map(async ({ service, target, arms }) => {
      const lines = await firstLines(sources, arms, t, signal);
      return isDivided ? lines.map((line) => ({ ...line, service, target })) : lines;
    }),
  );
  const values = await Promise.all(
    judge.custom.flatMap(({ name, query }) =>
      [{ arm: 'baseline', version: from } as const, { arm: 'candidate', version: to } as const].map(
        async ({ arm, version }): Promise<readonly StreamLine[]> => {
          const asked = sources.find((source) => source.value !== undefined);
          const value = await asked?.value?.(query.replaceAll('{{version}}', version), signal);
          if (typeof value === 'number') return [{ t, arm, metric: name, value }];
          return [];
        },
      ),
    ),
  );
  return [...parts, ...values].flat();
}

async function firstLines(
  sources: readonly MetricsSource[],
  arms: Arms,
  t: number,
  signal: AbortSignal,
): Promise<readonly StreamLine[]> {
  let first: readonly StreamLine[] | undefined;
  for (const source of sources) {
    const lines = await source.read(arms, t, signal);
    if (lines.some((line) => !('failed' in line))) return lines;
    first ??= lines;
  }
  return first ?? [{ t, failed: true, why: 'there is no place to read counters from' }];
}
