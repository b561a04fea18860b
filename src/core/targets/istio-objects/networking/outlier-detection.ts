import type { Settings } from '../../../ir/settings.ts';
import { duration } from '../../kubernetes-objects/duration.ts';
import type { OutlierDetection as Ejection } from '../crds/parts.ts';

/**
 * Returns the ejection of failing instances with every field set, since Istio would add defaults. Locality needs an
 * ejection even if no instance is ejected: without it Istio prefers no place.
 */
export function outlierDetection({ outlierDetection: detection, locality }: Settings): Ejection | undefined {
  if (detection === undefined) return locality === undefined ? undefined : neverEjects;
  // Istio treats a share of 0 as absent and then ejects up to a tenth.
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
