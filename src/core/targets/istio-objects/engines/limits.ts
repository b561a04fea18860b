import type { Ir } from '../../../ir/ir.ts';
import { engineServices } from '../../rollout-engines/engine-services.ts';
import type { Limit } from '../../target.ts';

/** Returns the settings that get lost because Flagger writes the routes and settings of a service. */
export function engineLimits(ir: Ir): readonly Limit[] {
  return engineServices(ir, 'flagger').flatMap(({ rollout: { origin }, service }): readonly Limit[] => {
    const { settings, ports } = service;
    const { maxConnections } = settings.connections;
    const retries = ports
      .flatMap(({ route }) => route.rules)
      .flatMap(({ action }) => (action.type === 'forward' && action.retries ? [action.retries] : []));
    const { affinity } = settings.loadBalancing;
    const lost = [
      ...(affinity ? ([['settings.affinity', affinity.origin]] as const) : []),
      ...(settings.locality ? ([['settings.locality', settings.locality.origin]] as const) : []),
      ...(settings.outlierDetection ? ([['settings.outlier-detection', origin]] as const) : []),
      ...(settings.retryBudget ? ([['settings.retry-budget', origin]] as const) : []),
    ];
    return [
      ...lost.map(([feature, place]) => ({
        feature,
        reason:
          'Flagger writes the settings of calls to this service, and its Canary has no words for this one',
        callers: 'calls go to instances as if the service did not have the setting',
        origin: place,
      })),
      {
        feature: maxConnections === undefined ? 'settings.default-connections' : 'settings.connections',
        reason:
          'Flagger writes the settings of calls to this service, and its Canary has no words for connections',
        callers: 'connections fail and end after the times of Istio, and there may be any number',
        origin,
      },
      ...retries.map(({ origin: place }) => ({
        feature: 'settings.retries' as const,
        reason: 'Flagger writes the route, and its Canary has no words for the wait between tries',
        callers: "tries come after Istio's own wait",
        origin: place,
      })),
    ];
  });
}
