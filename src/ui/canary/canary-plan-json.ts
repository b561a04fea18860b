import type { RolloutPlan, ServicePlan } from '../../core/canary/plan/rollout-plan.ts';
import { jsonText } from '../json-text.ts';

/** Returns the output of `canary plan --format json`; a time after the deadline is null. */
export function canaryPlanJson(plans: readonly RolloutPlan[]): string {
  return jsonText({
    formatVersion: '1.0',
    rollouts: plans.map(({ targets, ...plan }) => ({
      ...plan,
      targets: targets.map(({ services, ...target }) => ({ ...target, services: services.map(serviceJson) })),
    })),
  });
}

function serviceJson({ forecast, ...service }: ServicePlan): object {
  if (forecast === undefined) return service;
  return {
    ...service,
    forecast: {
      promoted: forecast.promoted ?? null,
      steps: forecast.steps.map(({ weight, takes, finds }) => ({
        weight,
        takes: takes ?? null,
        finds: finds.map(({ factor, seconds }) => ({ factor, seconds: seconds ?? null })),
      })),
    },
  };
}
