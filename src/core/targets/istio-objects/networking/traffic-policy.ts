import type { Ir } from '../../../ir/ir.ts';
import type { Port } from '../../../ir/service.ts';
import type { Settings } from '../../../ir/settings.ts';
import { duration } from '../../kubernetes-objects/duration.ts';
import type { ConnectionPool, TrafficPolicy } from '../crds/parts.ts';
import { loadBalancer } from './load-balancer.ts';
import { outlierDetection } from './outlier-detection.ts';

/**
 * Returns the policy of calls to a service, with each of Istio's defaults overridden. The caller of this function
 * decides about TLS.
 */
export function trafficPolicy(ir: Ir, settings: Settings, ports: readonly Port[]): TrafficPolicy {
  const outlier = outlierDetection(settings);
  return {
    connectionPool: connectionPool(
      settings,
      ports.some(({ http }) => http),
    ),
    loadBalancer: loadBalancer(ir, settings),
    ...(outlier && { outlierDetection: outlier }),
    ...(settings.retryBudget && {
      retryBudget: {
        percent: settings.retryBudget.percent,
        minRetryConcurrency: settings.retryBudget.minRetryConcurrency,
      },
    }),
  };
}

/** Returns the policy of one port; Istio has retry budgets only for whole hosts. */
export function trafficPolicyOfPort(
  ir: Ir,
  settings: Settings,
  port: Port,
): Pick<TrafficPolicy, 'connectionPool' | 'loadBalancer' | 'outlierDetection'> {
  const outlier = outlierDetection(settings);
  return {
    connectionPool: connectionPool(settings, port.http),
    loadBalancer: loadBalancer(ir, settings),
    ...(outlier && { outlierDetection: outlier }),
  };
}

/** The largest number that Istio accepts; larger ones are no limit here. */
const largest = 2_147_483_647;

/** Returns limits of connections. An absent limit means none in Istio, too, except for the connect timeout. */
function connectionPool({ connections }: Settings, http: boolean): ConnectionPool {
  const { maxConnections, maxPendingRequests, maxRequests, connectTimeout, idleTimeout } = connections;
  return {
    tcp: {
      connectTimeout: duration(connectTimeout),
      ...limit('maxConnections', maxConnections),
      idleTimeout: idleTimeout === 0 ? '0s' : duration(idleTimeout),
    },
    ...(http && {
      http: {
        ...limit('http1MaxPendingRequests', maxPendingRequests),
        ...limit('http2MaxRequests', maxRequests),
        ...limit('maxRequestsPerConnection', connections.maxRequestsPerConnection),
        // Istio refuses 0s here; an absent value is that of `tcp`.
        ...(idleTimeout > 0 && { idleTimeout: duration(idleTimeout) }),
        h2UpgradePolicy: 'DO_NOT_UPGRADE',
      },
    }),
  };
}

function limit<K extends string>(field: K, value: number | undefined): Partial<Record<K, number>> {
  return value === undefined || value === 0 || value > largest
    ? {}
    : ({ [field]: value } as Record<K, number>);
}
