import type { LabelMatcher } from '../../../evidence/arms.ts';
import { istioCounters } from '../../arm-counters/istio-counters.ts';
import { type EngineQueries, engineQueries } from '../../rollout-engines/engine-queries.ts';
import type { EngineService } from '../../rollout-engines/engine-services.ts';

/** Returns the queries for the requests to the candidate; a condition on a label selects its requests. */
export function queriesOf(
  { rollout: { judge }, service: { namespace } }: EngineService,
  candidate: readonly LabelMatcher[],
): EngineQueries {
  const matchers: readonly LabelMatcher[] = [
    { label: 'destination_service_namespace', op: '=', value: namespace },
    ...candidate,
  ];
  const question = {
    service: '',
    baseline: '',
    candidate: '',
    bad: judge.bad,
    ...(judge.latency && { slowAbove: judge.latency.max }),
  };
  const { counters } = istioCounters(question, () => ({ client: matchers }), [], 'sidecars');
  return engineQueries(counters, judge.latency?.quantile) ?? { errors: 'vector(0)' };
}
