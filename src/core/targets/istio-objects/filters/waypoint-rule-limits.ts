import type { Ir } from '../../../ir/ir.ts';
import type { Route } from '../../../ir/route.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { idsByRoute, limitsOfRule, ruleLimits } from '../../envoy-filters/rule-limits.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import { namespaceWaypoint, waypointFor } from '../ambient/waypoint-for.ts';
import { ruleName } from '../rule-name.ts';
import { envoyFilter, type FilterPlace, insertFilter, typed } from './envoy-filter.ts';
import { localRateLimit, rateLimitFilter } from './local-rate-limit.ts';

/**
 * Returns the limits of rules that a waypoint counts, for all callers together. EnvoyFilters can't patch the routes of
 * a waypoint, so the filter of each chain finds the limits by the names of routes.
 */
export function waypointRuleLimits(ir: Ir): readonly ObjectArtifact[] {
  return [...serviceWays(ir), ...externalWays(ir)].flatMap((way) => limitFilter(ir, way));
}

/** The filter chains through a waypoint to one service or one host outside the mesh. */
interface Ways {
  readonly namespace: string;
  readonly name: readonly string[];
  readonly from: string;
  readonly waypoint: string;
  readonly ports: readonly { readonly chains: readonly string[]; readonly route: Route }[];
}

function serviceWays(ir: Ir): readonly Ways[] {
  return Object.values(ir.services).flatMap((service): readonly Ways[] => {
    const waypoint = waypointFor(ir, service);
    if (waypoint === undefined) return [];
    const { id, namespace, name, ports } = service;
    const ways = ports
      .filter(({ http }) => http)
      .map(({ number, route }) => ({ chains: [chainOf(number, hostOf(id))], route }));
    return [{ namespace, name: [name, 'rules'], from: `Service/${id}`, waypoint, ports: ways }];
  });
}

function externalWays({ externals }: Ir): readonly Ways[] {
  return Object.values(externals).map(({ id, namespace, name, hosts, ports }) => ({
    namespace,
    name: [name, 'external'],
    from: `External/${id}`,
    waypoint: namespaceWaypoint,
    ports: ports
      .filter(({ http }) => http)
      .map(({ number, route }) => ({ chains: hosts.map((host) => chainOf(number, host)), route })),
  }));
}

/** Returns the name of the filter chain of a port that carries requests. */
function chainOf(port: number, host: string): string {
  return `inbound-vip|${String(port)}|http|${host}`;
}

function limitFilter(ir: Ir, { namespace, name, from, waypoint, ports }: Ways): readonly ObjectArtifact[] {
  const limited = ports
    .map(({ chains, route }) => ({
      chains,
      rules: route.rules
        .map((rule) => ({
          name: ruleName(route, rule),
          limits: limitsOfRule(ir, rule, ruleName(route, rule)),
        }))
        .filter(({ limits }) => limits.length > 0),
    }))
    .filter(({ rules }) => rules.length > 0);
  if (limited.length === 0) return [];
  const origins = limited.flatMap(({ rules }) => rules.flatMap(({ limits }) => limits));
  return [
    envoyFilter({
      namespace,
      name: objectName('limit', ...name),
      from,
      origins: origins.map(({ limit }) => limit.origin),
      reason: 'Istio has no rate limits',
      waypoint,
      patches: limited.flatMap(({ chains, rules }) => {
        const place: FilterPlace = { context: 'SIDECAR_INBOUND', waypoint, chains };
        const all = rules.flatMap(({ limits }) => limits);
        return insertFilter(
          place,
          rateLimitFilter,
          typed(localRateLimit, ruleLimits(all, idsByRoute(rules))),
        );
      }),
    }),
  ];
}
