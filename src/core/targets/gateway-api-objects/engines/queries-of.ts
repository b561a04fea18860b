import { type EngineQueries, engineQueries } from '../../rollout-engines/engine-queries.ts';
import type { EngineService } from '../../rollout-engines/engine-services.ts';
import type { EngineContext } from './engine-context.ts';

/** Returns the queries for the requests to the Kubernetes Service of the candidate. */
export function queriesOf(one: EngineService, candidate: string, context: EngineContext): EngineQueries {
  const { judge, from, to } = one.rollout;
  const question = {
    service: one.service.id,
    baseline: from,
    candidate: to,
    bad: judge.bad,
    ...(judge.latency && { slowAbove: judge.latency.max }),
  };
  const counters = context.countersOf(one, question, candidate)?.counters ?? [];
  return engineQueries(counters, judge.latency?.quantile) ?? { errors: 'vector(0)' };
}
