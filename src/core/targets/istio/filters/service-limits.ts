import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { tokenBucket } from '../../envoy-filters/token-bucket.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import { envoyFilter, insertFilter, typed } from './envoy-filter.ts';
import { always, localRateLimit, rateLimitFilter } from './local-rate-limit.ts';

/** Limits that each instance of a service counts: a bucket a port, asked after access (429). */
export function serviceLimits({ services }: Ir): readonly ObjectArtifact[] {
  return Object.values(services).flatMap((service) => serviceLimit(service));
}

function serviceLimit({
  id,
  namespace,
  name,
  workload,
  ports,
  settings,
}: Service): readonly ObjectArtifact[] {
  const { rateLimit } = settings;
  if (rateLimit?.scope !== 'instance' || !ports.some(({ http }) => http)) return [];
  return [
    envoyFilter({
      namespace,
      name: objectName('limit', name),
      from: `Service/${id}`,
      origins: [rateLimit.origin],
      reason: 'Istio has no rate limits',
      labels: workload.labels,
      patches: [
        insertFilter(
          'SIDECAR_INBOUND',
          rateLimitFilter,
          typed(localRateLimit, {
            stat_prefix: 'service',
            token_bucket: tokenBucket(rateLimit),
            filter_enabled: always,
            filter_enforced: always,
          }),
        ),
      ],
    }),
  ];
}
