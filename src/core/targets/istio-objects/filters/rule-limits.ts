import type { Ir } from '../../../ir/ir.ts';
import type { Route } from '../../../ir/route.ts';
import type { Origin } from '../../../location.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { limitMetadata, limitsOfRule, ruleLimits } from '../../envoy-filters/rule-limits.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { ConfigPatch } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { ruleName } from '../rule-name.ts';
import { type Context, envoyFilter, insertFilter, mergeRoutes, typed } from './envoy-filter.ts';
import { localRateLimit, rateLimitFilter } from './local-rate-limit.ts';
import { waypointRuleLimits } from './waypoint-rule-limits.ts';

const reason = 'Istio has no rate limits';

/**
 * Returns the limits of rules, which each routing proxy counts: the filter in proxies and gateways, buckets in the
 * virtual hosts, and the name of the bucket in the routes of a limited rule. Waypoints have another filter.
 */
export function ruleLimitFilters(
  ir: Ir,
  { rootNamespace, mode }: LoweringOptions,
): readonly ObjectArtifact[] {
  if (mode === 'ambient') return [...waypointRuleLimits(ir), ...gatewayLimits(ir)];
  const inside = [...servicePlaces(ir), ...externalPlaces(ir)].map((place) => ({
    ...place,
    limits: place.hosts.flatMap(({ vhosts, route }) => limitsOf(ir, 'SIDECAR_OUTBOUND', vhosts, route)),
  }));
  const limited = inside.filter(({ limits }) => limits.length > 0);
  const callers = limited.map(({ id, from, limits }) =>
    envoyFilter({
      namespace: rootNamespace,
      name: objectName('limit', ...id.split('/')),
      from,
      origins: limits.map(({ origin }) => origin),
      reason,
      patches: limits.flatMap(({ patches }) => patches),
    }),
  );
  const filter = envoyFilter({
    namespace: rootNamespace,
    name: 'mesh-limits',
    from: `Mesh/${ir.name}`,
    origins: limited.flatMap(({ limits }) => limits.map(({ origin }) => origin)),
    reason,
    patches: emptyFilter('SIDECAR_OUTBOUND'),
  });
  return [...(limited.length > 0 ? [filter] : []), ...callers, ...gatewayLimits(ir)];
}

function gatewayLimits(ir: Ir): readonly ObjectArtifact[] {
  return Object.values(ir.gateways).flatMap(({ id, namespace, name, workload, listeners }) => {
    const limits = listeners.flatMap(({ port, virtualHosts }) =>
      virtualHosts.flatMap(({ hostname, route }) =>
        limitsOf(ir, 'GATEWAY', [`${hostname}:${String(port)}`], route),
      ),
    );
    if (limits.length === 0) return [];
    return [
      envoyFilter({
        namespace,
        name: objectName('limit', name, 'gateway'),
        from: `Gateway/${id}`,
        origins: limits.map(({ origin }) => origin),
        reason,
        labels: workload.labels,
        patches: [...emptyFilter('GATEWAY'), ...limits.flatMap(({ patches }) => patches)],
      }),
    ];
  });
}

/** A place with the virtual hosts by which callers of the service route. */
interface Place {
  readonly id: string;
  readonly from: string;
  readonly hosts: readonly { readonly vhosts: readonly string[]; readonly route: Route }[];
}

function servicePlaces({ services }: Ir): readonly Place[] {
  return Object.values(services).map(({ id, ports }) => ({
    id,
    from: `Service/${id}`,
    hosts: ports.map(({ number, route }) => ({ vhosts: [`${hostOf(id)}:${String(number)}`], route })),
  }));
}

function externalPlaces({ externals }: Ir): readonly Place[] {
  return Object.values(externals).map(({ id, hosts, ports }) => ({
    id,
    from: `External/${id}`,
    hosts: ports.map(({ number, route }) => ({
      vhosts: hosts.map((host) => `${host}:${String(number)}`),
      route,
    })),
  }));
}

interface Limited {
  readonly origin: Origin;
  readonly patches: readonly ConfigPatch[];
}

function limitsOf(ir: Ir, context: Context, vhosts: readonly string[], route: Route): readonly Limited[] {
  const limited = route.rules
    .map((rule) => ({ name: ruleName(route, rule), limits: limitsOfRule(ir, rule, ruleName(route, rule)) }))
    .filter(({ limits }) => limits.length > 0);
  const limits = limited.flatMap((rule) => rule.limits);
  const [first] = limits;
  if (first === undefined) return [];
  const buckets = { [rateLimitFilter]: typed(localRateLimit, ruleLimits(limits)) };
  return vhosts.flatMap((vhost) => [
    {
      origin: first.limit.origin,
      patches: [mergeRoutes(context, vhost, undefined, { typed_per_filter_config: buckets })],
    },
    ...limited.map((rule) => ({
      origin: rule.limits[0]?.limit.origin ?? first.limit.origin,
      patches: [mergeRoutes(context, vhost, rule.name, limitMetadata(rule.limits))],
    })),
  ]);
}

/** Returns a filter that counts only what a virtual host defines. */
function emptyFilter(context: Context): readonly ConfigPatch[] {
  return insertFilter({ context }, rateLimitFilter, typed(localRateLimit, { stat_prefix: 'rules' }));
}
