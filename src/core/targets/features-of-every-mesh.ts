import type { Ir } from '../ir/ir.ts';
import type { RouteMatch } from '../ir/match.ts';
import type { Route } from '../ir/route.ts';
import type { Settings } from '../ir/settings.ts';
import type { UseFeature } from './use-feature.ts';

/**
 * Notes the features of `baseFeatures` that a mesh has, except `mtls.strict`, which depends on each service. No
 * document asks for them, so their place is the Mesh. The places of `route.no-match` are the last rules of Routes that
 * don't match every request.
 */
export function baseFeaturesOf(ir: Ir, use: UseFeature): void {
  const { origin, egress } = ir;
  const httpRoutes = httpRoutesOf(ir);
  if (egress === 'deny') use('egress.deny', origin);
  if (httpRoutes.length > 0) use('request.unsafe-paths', origin);
  if (httpRoutes.some(hasForwardWithoutRetries)) use('settings.no-retries', origin);
  for (const route of httpRoutes) {
    const last = route.rules.at(-1);
    if (last !== undefined && !takesAll(route)) use('route.no-match', last.origin);
  }
  const called = [...Object.values(ir.services), ...Object.values(ir.externals)]
    .filter(({ ports }) => ports.length > 0)
    .map(({ settings }) => settings);
  if (called.some(isBalancedByDefault)) use('settings.default-balancing', origin);
  if (called.some(hasDefaultConnections)) use('settings.default-connections', origin);
}

/** Returns true if no document names an algorithm or an affinity. */
export function isBalancedByDefault({ origins, loadBalancing }: Settings): boolean {
  return origins['loadBalancing.algorithm'] === undefined && loadBalancing.affinity === undefined;
}

/** Returns true if a time limit of connections is the built-in one. */
export function hasDefaultConnections({ origins }: Settings): boolean {
  return ['connections.connectTimeout', 'connections.idleTimeout'].some(
    (path) => origins[path] === undefined,
  );
}

function httpRoutesOf({ services, externals, gateways }: Ir): readonly Route[] {
  const inside = [...Object.values(services), ...Object.values(externals)].flatMap(({ ports }) =>
    ports.filter(({ http }) => http).map(({ route }) => route),
  );
  const entering = Object.values(gateways).flatMap(({ listeners }) =>
    listeners
      .filter(({ protocol }) => protocol === 'http' || protocol === 'https')
      .flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)),
  );
  return [...inside, ...entering];
}

function hasForwardWithoutRetries({ rules }: Route): boolean {
  return rules.some(({ action }) => action.type === 'forward' && action.retries === undefined);
}

/** Returns true if a rule of a Route matches every request. */
export function takesAll({ rules }: Pick<Route, 'rules'>): boolean {
  return rules.some(({ matches }) => matches.length === 0 || matches.some(isUnconditional));
}

function isUnconditional({ path, methods, headers, query, from, port, sni }: RouteMatch): boolean {
  const everyPath = path === undefined || (path.type === 'prefix' && path.value === '');
  const asked = [methods, from, port, sni].some((condition) => condition !== undefined);
  return everyPath && !asked && headers.length + query.length === 0;
}
