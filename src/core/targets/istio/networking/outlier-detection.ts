import type { Settings } from '../../../ir/settings.ts';
import { duration } from '../../kubernetes-objects/duration.ts';
import type { OutlierDetection as Ejection } from '../crds/parts.ts';

/**
 * Ejection of failing instances, every field written: what is left out Istio would fill in. Locality asks for some even
 * where nothing is ejected, since Istio prefers no place without.
 */
export function outlierDetection({ outlierDetection: detection, locality }: Settings): Ejection | undefined {
  if (detection === undefined) return locality === undefined ? undefined : neverEjects;
  // Istio takes a share of 0 for none said, and then a tenth may be out.
  if (Math.round(detection.maxEjectionPercent) === 0) return neverEjects;
  return {
    consecutive5xxErrors: detection.consecutive5xx,
    consecutiveGatewayErrors: detection.consecutiveGatewayErrors,
    interval: duration(detection.interval),
    baseEjectionTime: duration(detection.baseEjectionTime),
    maxEjectionPercent: Math.round(detection.maxEjectionPercent),
    minHealthPercent: Math.round(detection.minHealthPercent),
    splitExternalLocalOriginErrors: false,
  };
}

const neverEjects: Ejection = {
  consecutive5xxErrors: 0,
  consecutiveGatewayErrors: 0,
  interval: '10s',
  baseEjectionTime: '30s',
  maxEjectionPercent: 0,
  minHealthPercent: 0,
  splitExternalLocalOriginErrors: false,
};
