import type { Settings } from '../../ir/settings.ts';
import type { Json } from '../artifact.ts';

/**
 * The largest number that Envoy accepts, which means no limit. Without a number Envoy applies its own limits (1024, and
 * 3 retries).
 */
const unlimited = 4_294_967_295;

/** Returns the limits of one cluster, each written explicitly; only the budget limits retries. */
export function circuitBreakers({ connections, retryBudget }: Settings): Json {
  return {
    thresholds: [
      {
        priority: 'DEFAULT',
        max_connections: connections.maxConnections ?? unlimited,
        max_pending_requests: connections.maxPendingRequests ?? unlimited,
        max_requests: connections.maxRequests ?? unlimited,
        ...(retryBudget === undefined
          ? { max_retries: unlimited }
          : {
              retry_budget: {
                budget_percent: { value: retryBudget.percent },
                min_retry_concurrency: retryBudget.minRetryConcurrency,
              },
            }),
      },
    ],
  };
}

/** The limits of a cluster that the spec doesn't limit. */
export const noCircuitBreakers: Json = {
  thresholds: [
    {
      priority: 'DEFAULT',
      max_connections: unlimited,
      max_pending_requests: unlimited,
      max_requests: unlimited,
      max_retries: unlimited,
    },
  ],
};
