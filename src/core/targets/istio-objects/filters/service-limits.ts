import type { Ir } from '../../../ir/ir.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { tokenBucket } from '../../envoy-filters/token-bucket.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import type { Guarded } from '../security/guarded.ts';
import { guards } from '../security/guards.ts';
import { envoyFilter, insertFilter, ofPlace, typed } from './envoy-filter.ts';
import { always, localRateLimit, rateLimitFilter } from './local-rate-limit.ts';

/**
 * Returns the limits that each instance of a service counts, or in ambient its waypoint: one bucket for each port,
 * checked after access (429).
 */
export function serviceLimits(ir: Ir, options: LoweringOptions): readonly ObjectArtifact[] {
  return guards(ir, options).flatMap((guarded) => serviceLimit(ir, guarded));
}

function serviceLimit(
  { services }: Ir,
  { from, namespace, name, ports, judge: { place } }: Guarded,
): readonly ObjectArtifact[] {
  const rateLimit = services[from.replace(/^Service\//, '')]?.settings.rateLimit;
  if (rateLimit?.scope !== 'instance' || !ports.some(({ http }) => http)) return [];
  return [
    envoyFilter({
      namespace,
      name: objectName('limit', ...name),
      from,
      origins: [rateLimit.origin],
      reason: 'Istio has no rate limits',
      ...ofPlace(place),
      patches: insertFilter(
        place,
        rateLimitFilter,
        typed(localRateLimit, {
          stat_prefix: 'service',
          token_bucket: tokenBucket(rateLimit),
          filter_enabled: always,
          filter_enforced: always,
        }),
      ),
    }),
  ];
}
