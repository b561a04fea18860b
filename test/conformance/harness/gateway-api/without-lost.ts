import type { Feature } from '../../../../src/core/ir/feature.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Route, Rule } from '../../../../src/core/ir/route.ts';
import type { Origin } from '../../../../src/core/location.ts';
import { type Compiler, lostPlaces, withoutPlaces } from '../istio/lost-features.ts';

/** Features of a match; a match with a lost one matches nothing. */
const ofMatches: readonly Feature[] = [
  'route.path-regex',
  'route.starts-with',
  'route.headers',
  'route.cookies',
  'route.query',
  'route.methods',
  'route.from',
  'route.sni',
];

/**
 * Returns the meshes that a mesh may become without the features that a target loses: one in which the lost conditions
 * are missing, and one in which the matches with these conditions are missing. A request that ends alike in all meshes
 * is not affected by a loss.
 *
 * `refusals`: the features that refuse calls are missing `each`, or all `at once`: with the identities of callers, for
 * example, the rules about identities are lost, so that nothing refuses a caller without one.
 */
export function meshesWithoutLost(
  ir: Ir,
  compiler: Compiler,
  refusals: 'each' | 'at once' = 'each',
): readonly Ir[] {
  const lost = [...lostPlaces(ir, compiler)];
  const together = refusals === 'at once' ? lost.filter(([feature]) => refuses(feature)) : [];
  const open = withoutPlaces(ir, together);
  const others = lost.filter((one) => !together.includes(one));
  const kept = withoutPlaces(open, others);
  const places = new Set(others.flatMap(([feature, at]) => (ofMatches.includes(feature) ? [...at] : [])));
  const each = others.map((one) => withoutPlaces(open, [one]));
  return [kept, ...each, withoutMatches(open, places), withoutMatches(kept, places)];
}

function refuses(feature: Feature): boolean {
  return /^(?:access|authentication|mtls)\./.test(feature);
}

function withoutMatches(ir: Ir, places: ReadonlySet<string>): Ir {
  const isAt = ({ file, line, column }: Origin): boolean =>
    places.has(`${file}:${String(line)}:${String(column)}`);
  const ofRule = (rule: Rule): readonly Rule[] => {
    if (rule.matches.length === 0) return [rule];
    const matches = rule.matches.filter(({ origin }) => !isAt(origin) && !isAt(rule.origin));
    return matches.length === 0 ? [] : [{ ...rule, matches }];
  };
  const ofRoute = (route: Route): Route => ({ ...route, rules: route.rules.flatMap(ofRule) });
  return {
    ...ir,
    services: mapped(ir.services, (service) => ({
      ...service,
      ports: service.ports.map((port) => ({ ...port, route: ofRoute(port.route) })),
    })),
    gateways: mapped(ir.gateways, (gateway) => ({
      ...gateway,
      listeners: gateway.listeners.map((listener) => ({
        ...listener,
        virtualHosts: listener.virtualHosts.map((host) => ({ ...host, route: ofRoute(host.route) })),
      })),
    })),
  };
}

function mapped<T>(all: Readonly<Record<string, T>>, change: (one: T) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(all).map(([key, one]) => [key, change(one)]));
}
