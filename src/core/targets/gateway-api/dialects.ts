import type { Feature } from '../../ir/feature.ts';
import type { Dialect } from '../gateway-api-objects/dialect.ts';
import type { Capabilities } from '../target.ts';
import {
  capabilities,
  ciliumCapabilities,
  istioCapabilities,
  kumaCapabilities,
  linkerdCapabilities,
} from './capabilities.ts';
import type { LoweringOptions } from './options.ts';

/** The record by which fields are left out; the channel adds fields of its own. */
const records: Readonly<Record<string, Capabilities>> = {
  istio: istioCapabilities,
  cilium: ciliumCapabilities,
  kuma: kumaCapabilities,
  linkerd: linkerdCapabilities,
};

/** Returns what routes may have for the implementation that is chosen. */
export function dialectOf({ implementation, channel }: LoweringOptions): Dialect {
  const record = records[implementation ?? ''] ?? capabilities;
  const isIstio = implementation === 'istio';
  return {
    lacks: (feature: Feature) => {
      const kept = record[feature];
      return typeof kept === 'object' && 'none' in kept;
    },
    retries: isIstio && channel === 'experimental' ? 'field' : 'unsaid',
    // Istio hands values to Envoy, which refuses all routes of a port for one that is no command.
    doublesPercent: isIstio,
    patterns: isIstio,
  };
}
