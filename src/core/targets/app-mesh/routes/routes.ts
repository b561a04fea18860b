import type { Rule } from '../../../ir/route.ts';
import type { Port } from '../../../ir/service.ts';
import { retrySplit } from '../../retry-split.ts';
import type { Lowering } from '../context.ts';
import type { VirtualRouterSpec } from '../crds/app-mesh.gen.ts';
import { duration } from '../duration.ts';
import { nodeProtocol } from '../nodes/listeners.ts';
import { conditionsOf, type HttpMatch, type Unsayable } from './conditions.ts';
import { retryPolicyOf } from './retry-policy.ts';
import { sharesOf, type Targets, toNowhere, usesNowhere } from './targets.ts';

/** A route of a virtual router. */
export type Route = NonNullable<VirtualRouterSpec['routes']>[number];

/** The port and the rules of a router. */
export type RoutedPort = Pick<Port, 'name' | 'number' | 'http' | 'protocol'> & {
  readonly route: { readonly rules: readonly Rule[] };
};

/** A match without conditions, or a match that App Mesh can't have. */
export interface LostMatch extends Unsayable {
  readonly origin: Rule['origin'];
}

/** The greatest priority of a route; the first one is 0. */
export const lastPriority = 1000;

/** Returns the routes of a port in the order of its rules, with priorities from `first` on. */
export function routesOf(
  port: RoutedPort,
  namespace: string,
  lowering: Lowering,
  first: number,
): readonly Route[] {
  const made = port.http
    ? port.route.rules.flatMap((rule) => httpRoutes(rule, port, namespace, lowering))
    : port.route.rules
        .filter((rule) => takesConnections(rule, port))
        .slice(0, 1)
        .map(
          (rule): UnnamedRoute => ({
            tcpRoute: {
              match: { port: port.number },
              action: { weightedTargets: targetsOf(rule, namespace, lowering) },
              timeout: { idle: duration(0) },
            },
          }),
        );
  return made.map((route, index) => ({
    name: `${port.name}-${String(index).padStart(4, '0')}`,
    priority: Math.min(first + index, lastPriority),
    ...route,
  }));
}

type UnnamedRoute = Pick<Route, 'httpRoute' | 'http2Route' | 'tcpRoute'>;

function httpRoutes(
  rule: Rule,
  port: RoutedPort,
  namespace: string,
  lowering: Lowering,
): readonly UnnamedRoute[] {
  const { action } = rule;
  const weightedTargets = targetsOf(rule, namespace, lowering);
  // A rule that calls nobody waits for nobody.
  const isServed = weightedTargets.some((target) => !usesNowhere([target]));
  const timeout = action.type === 'forward' && isServed ? action.timeout : 0;
  const retries = action.type === 'forward' && isServed ? action.retries : undefined;
  const kind = nodeProtocol(port as Port) === 'http' ? 'httpRoute' : 'http2Route';
  const matches = rule.matches.length === 0 ? [undefined] : rule.matches;
  const shares = matches.flatMap((match) =>
    match?.from !== undefined || (match?.port !== undefined && match.port !== port.number)
      ? []
      : retrySplit(match?.methods, retries).map((share) => ({ match, ...share })),
  );
  // Routes with retries come first, since those for the other methods may be for every method.
  const ordered = [
    ...shares.filter((share) => share.retries !== undefined),
    ...shares.filter((share) => share.retries === undefined),
  ];
  return ordered.flatMap(({ match, methods, retries: own }) => {
    const conditions = conditionsOf(match, methods);
    if ('reason' in conditions) return [];
    return conditions.map(
      (condition): UnnamedRoute => ({
        [kind]: {
          match: { ...condition, port: port.number } satisfies HttpMatch,
          action: { weightedTargets },
          retryPolicy: retryPolicyOf(own, timeout),
          timeout: { perRequest: duration(timeout), idle: duration(0) },
        },
      }),
    );
  });
}

/** Returns the matches of a rule that App Mesh can't have; requests that fit one go to later rules. */
export function lostMatches({ matches }: Rule): readonly LostMatch[] {
  return matches.flatMap((match) => {
    if (match.from !== undefined) return [];
    const made = conditionsOf(match, match.methods);
    if ('reason' in made) return [{ ...made, origin: match.origin }];
    return made.length > 0
      ? []
      : [
          {
            feature: 'route.methods' as const,
            reason: 'App Mesh knows no other methods than those of HTTP',
            origin: match.origin,
          },
        ];
  });
}

function targetsOf({ action }: Rule, namespace: string, lowering: Lowering): Targets {
  return action.type === 'forward' ? sharesOf(action, namespace, lowering).targets : toNowhere(namespace);
}

function takesConnections({ matches }: Rule, { number }: RoutedPort): boolean {
  return (
    matches.length === 0 ||
    matches.some(
      ({ from, port, sni }) =>
        from === undefined && sni === undefined && (port === undefined || port === number),
    )
  );
}
