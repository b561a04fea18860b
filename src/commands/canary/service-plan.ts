import { forecastRollout } from '../../core/canary/forecast/forecast-rollout.ts';
import { policyOf } from '../../core/canary/judge/policy-of.ts';
import { presentShares } from '../../core/canary/plan/present-share.ts';
import type { ServicePlan } from '../../core/canary/plan/rollout-plan.ts';
import type { BuiltTarget } from '../../core/compile.ts';
import type { Arms } from '../../core/evidence/arms.ts';
import type { FailedScrape, Scrape } from '../../core/evidence/stream-line.ts';
import { isUnreadable } from '../../core/evidence/unreadable.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import type { MetricsSource } from '../../ports/metrics-source.ts';
import { armsOf } from './counted-arms.ts';

/** A service of a rollout in one target, and the places of its counters. */
export interface PlannedService {
  readonly ir: Ir;
  readonly rollout: Rollout;
  readonly service: string;
  readonly target: BuiltTarget;
  /** In order of preference. */
  readonly sources: readonly MetricsSource[];
  /** Requests a second; undefined if the present rate is measured. */
  readonly rate: number | undefined;
}

/** Returns the prospects of one service. Runs each query once and reads the present rate. */
export async function servicePlan(planned: PlannedService): Promise<ServicePlan> {
  const { ir, rollout, service, target, sources, rate: given } = planned;
  const arms = armsOf(rollout, service, ir, target);
  const read = 'why' in arms ? undefined : await firstReading(arms, sources);
  const common = { service, source: read?.source.description ?? 'nothing', isRateGiven: given !== undefined };
  if ('why' in arms || read === undefined) {
    const blind = ['why' in arms ? arms.why : 'the Mesh names no Prometheus: `metrics.prometheus.url`'];
    return { ...common, blind, notes: [], ...prospects(planned, given, []) };
  }
  const { source, lines } = read;
  const measured = given === undefined ? await source.rate(arms) : { perSecond: given };
  const versions = [rollout.from, rollout.to];
  const queries = rollout.judge.custom.flatMap(({ query }) =>
    versions.map((version) => query.replaceAll('{{version}}', version)),
  );
  const values = await Promise.all(queries.map(async (query) => source.value?.(query)));
  const blind = [
    ...failuresOf(lines),
    ...(isUnreadable(measured) ? [measured.why] : []),
    ...values.flatMap((value) => (typeof value === 'object' ? [value.why] : [])),
  ];
  const perSecond = isUnreadable(measured) ? undefined : measured.perSecond;
  return {
    ...common,
    blind: [...new Set(blind)],
    notes: arms.notes,
    ...prospects(planned, perSecond, lines),
  };
}

type Lines = readonly (Scrape | FailedScrape)[];

/** Reads the sources in order until one has a reading; the first one if none has. */
async function firstReading(
  arms: Arms,
  sources: readonly MetricsSource[],
): Promise<{ readonly source: MetricsSource; readonly lines: Lines } | undefined> {
  let first: { readonly source: MetricsSource; readonly lines: Lines } | undefined;
  for (const source of sources) {
    const lines = await source.read(arms, 0);
    if (lines.some((line) => !('failed' in line))) return { source, lines };
    first ??= { source, lines };
  }
  return first;
}

function failuresOf(lines: Lines): readonly string[] {
  return lines.flatMap((line) =>
    'failed' in line && line.side === undefined ? [line.why ?? 'no reading came'] : [],
  );
}

function prospects(
  { rollout }: PlannedService,
  perSecond: number | undefined,
  lines: Lines,
): Pick<ServicePlan, 'rate' | 'bad' | 'isBadMeasured' | 'forecast'> {
  const policy = policyOf(rollout);
  const { isMeasured, ...shares } = presentShares(policy, lines);
  const callers = new Set(lines.map(({ instance }) => instance)).size;
  return {
    bad: shares.bad,
    isBadMeasured: isMeasured,
    ...(perSecond !== undefined && {
      rate: perSecond,
      forecast: forecastRollout(policy, { perSecond, ...shares, callers }),
    }),
  };
}
