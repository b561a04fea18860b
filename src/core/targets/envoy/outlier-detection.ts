import type { OutlierDetection } from '../../ir/settings.ts';
import type { Json } from '../artifact.ts';
import { duration } from './duration.ts';

/** Envoy's own longest ejection; a base beyond it is the longest itself. */
const longestEjection = 300_000;

/**
 * Ejection by the two counters of the language and by nothing else: Envoy's statistics of success rates, on by
 * default, are written as off. A counter of 0 is off; Envoy wants a positive number there.
 * An ejection outlives the checks of `checked` instances.
 */
export function outlierDetection(detection: OutlierDetection, checked = false): Json {
  const { consecutive5xx, consecutiveGatewayErrors, interval, baseEjectionTime } = detection;
  return {
    consecutive_5xx: Math.max(consecutive5xx, 1),
    enforcing_consecutive_5xx: consecutive5xx > 0 ? 100 : 0,
    consecutive_gateway_failure: Math.max(consecutiveGatewayErrors, 1),
    enforcing_consecutive_gateway_failure: consecutiveGatewayErrors > 0 ? 100 : 0,
    interval: duration(interval),
    base_ejection_time: duration(baseEjectionTime),
    max_ejection_time: duration(Math.max(baseEjectionTime, longestEjection)),
    max_ejection_time_jitter: '0s',
    max_ejection_percent: Math.round(detection.maxEjectionPercent),
    always_eject_one_host: false,
    split_external_local_origin_errors: false,
    ...(checked && { successful_active_health_check_uneject_host: false }),
    enforcing_success_rate: 0,
    enforcing_local_origin_success_rate: 0,
    enforcing_consecutive_local_origin_failure: 0,
    enforcing_failure_percentage: 0,
    enforcing_failure_percentage_local_origin: 0,
  };
}
