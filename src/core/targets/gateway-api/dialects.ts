import type { Feature } from '../../ir/feature.ts';
import { ciliumReading } from '../gateway-api-objects/cilium-reading.ts';
import type { Dialect } from '../gateway-api-objects/dialect.ts';
import { mayPrecede } from '../gateway-api-objects/linkerd-precedence.ts';
import type { Capabilities } from '../target.ts';
import {
  capabilities,
  ciliumCapabilities,
  istioCapabilities,
  kumaCapabilities,
  linkerdCapabilities,
} from './capabilities.ts';
import type { LoweringOptions } from './options.ts';

/** The capabilities that decide which fields are left out; the channel adds fields of its own. */
const records: Readonly<Record<string, Capabilities>> = {
  istio: istioCapabilities,
  cilium: ciliumCapabilities,
  kuma: kumaCapabilities,
  linkerd: linkerdCapabilities,
};

/** Returns the dialect of the chosen implementation. */
export function dialectOf({ implementation, channel }: LoweringOptions): Dialect {
  const record = records[implementation ?? ''] ?? capabilities;
  const isIstio = implementation === 'istio';
  return {
    lacks: (feature: Feature) => {
      const kept = record[feature];
      return typeof kept === 'object' && 'none' in kept;
    },
    retries: isIstio && channel === 'experimental' ? 'field' : 'unsaid',
    // Istio and Kuma pass values to Envoy, which refuses all routes of a port because of one invalid command.
    doublesPercent: isIstio || implementation === 'kuma',
    patterns: isIstio,
    // Istio and Cilium answer there, as they were tried or by their sources; GAMMA asks meshes to pass such calls on.
    ...(!isIstio && implementation !== 'cilium' && { rulesWithoutBackends: 'passed on' }),
    ...(implementation === 'cilium' && ciliumReading),
    ...(implementation === 'linkerd' && { mayPrecede }),
  };
}
