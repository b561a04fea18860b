import type { Rule } from '../../../ir/route.ts';
import type { Limit } from '../../target.ts';
import type { Lowering } from '../context.ts';
import { limitAt } from '../limit-at.ts';
import { retryDifference } from './retry-policy.ts';
import { lastPriority, lostMatches, type RoutedPort, routesOf } from './routes.ts';
import { sharesOf } from './targets.ts';

/** Returns the rules of which App Mesh keeps less than the spec says. */
export function routeLimits(lowering: Lowering): readonly Limit[] {
  const { services, gateways } = lowering.ir;
  const inside = Object.values(services).map(({ namespace, ports }) => ({ namespace, ports }));
  const entering = Object.values(gateways).flatMap(({ namespace, listeners }) =>
    listeners
      .filter(({ protocol }) => protocol === 'http')
      .flatMap(({ port, virtualHosts }) =>
        virtualHosts.map(({ route }) => ({
          namespace,
          ports: [{ name: 'http', number: port, http: true, protocol: 'http' as const, route }],
        })),
      ),
  );
  return [...inside, ...entering].flatMap(({ namespace, ports }) => [
    ...ports.flatMap((port) =>
      port.route.rules.flatMap((rule) => ruleLimits(rule, port, namespace, lowering)),
    ),
    ...priorityLimits(ports, namespace, lowering),
  ]);
}

function ruleLimits(rule: Rule, port: RoutedPort, namespace: string, lowering: Lowering): readonly Limit[] {
  const { action, origin } = rule;
  const lost = port.http
    ? lostMatches(rule).map(({ feature, reason, origin: at }) =>
        limitAt(feature, feature === 'route.order' ? origin : at, reason),
      )
    : [];
  if (action.type !== 'forward') return lost;
  const { differ } = sharesOf(action, namespace, lowering);
  const retried = port.http && action.retries !== undefined ? retryDifference(action.retries) : undefined;
  return [
    ...lost,
    ...(differ === undefined ? [] : [limitAt('route.split', origin, differ)]),
    ...(retried === undefined || action.retries === undefined
      ? []
      : [limitAt('settings.retries', action.retries.origin, retried)]),
  ];
}

/** Returns the last rule of a router with more routes than there are priorities. */
function priorityLimits(
  ports: readonly RoutedPort[],
  namespace: string,
  lowering: Lowering,
): readonly Limit[] {
  const count = ports.reduce((sum, port) => sum + routesOf(port, namespace, lowering, sum).length, 0);
  const last = ports.flatMap(({ route }) => route.rules).at(-1);
  return count <= lastPriority + 1 || last === undefined ? [] : [limitAt('route.order', last.origin)];
}
