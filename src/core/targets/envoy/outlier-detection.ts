import type { OutlierDetection } from '../../ir/settings.ts';
import type { Json } from '../artifact.ts';
import { duration } from './duration.ts';

/** Envoy's default for the longest ejection; a longer base time is itself the longest. */
const longestEjection = 300_000;

/**
 * Returns ejection by the language's two counters only: Envoy's detection by success rate, on by default, is turned off
 * explicitly. A counter of 0 is off, although Envoy requires a positive number there. Instances that are `checked` stay
 * ejected even if their health checks pass.
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
