import type { Ir } from '../../core/ir/ir.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import type { MetricsSource } from '../../ports/metrics-source.ts';

/** Opens sources of counters. */
export interface MetricsSources {
  /** Throws PortError(15) if the credentials of the environment can't be used. */
  readonly prometheus: (url: string) => MetricsSource;
  readonly scrape: () => MetricsSource;
}

/** Returns the sources that a rollout may read, in order of preference. */
export function sourcesOf(
  { prometheus }: Pick<Ir, 'prometheus'>,
  { judge }: Rollout,
  open: MetricsSources,
): readonly MetricsSource[] {
  const server = judge.source === 'scrape' || prometheus === undefined ? [] : [open.prometheus(prometheus)];
  return judge.source === 'prometheus' ? server : [...server, open.scrape()];
}
