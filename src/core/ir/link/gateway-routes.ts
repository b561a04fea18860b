import { defineMessages, finding } from '../../diagnostics/message.ts';
import { absoluteId } from '../../spec/absolute-id.ts';
import type { RouteRule } from '../../spec/types.gen.ts';
import type { ServiceId } from '../service-id.ts';
import type { Destination } from './destinations.ts';
import type { Linking } from './linking.ts';
import { barePort, type DeclaredPort } from './ports.ts';
import type { AttachedRoute } from './route-conflicts.ts';
import { listenerNames, type RoutePlan } from './routes.ts';
import { type Layer, layerOf } from './rule-scope.ts';
import { rulesOf } from './rules.ts';
import { locationOf } from './spec-place.ts';
import { type BareListener, hostnamesAt } from './virtual-hosts.ts';

export const messages = defineMessages({
  MESH2066: {
    severity: 'error',
    text: 'the Route fits no listener of Gateway {gateway}',
    explanation:
      'HTTP Routes hold on http and https listeners, Routes for other ports on tls and tcp listeners, and a hostname of the Route has to be one that the listener serves. A tcp listener sees no hostnames.',
  },
});

/** The Routes in force at a listener, by gateway and listener name. */
export type ListenerRoutes = ReadonlyMap<ServiceId, ReadonlyMap<string, readonly AttachedRoute[]>>;

/** Links the rules of each Route for each listener that fits; a Route that fits no listener is reported. */
export function gatewayRoutes(
  linking: Linking,
  destinations: ReadonlyMap<ServiceId, Destination>,
  plans: readonly RoutePlan[],
  listeners: ReadonlyMap<ServiceId, readonly BareListener[]>,
): ListenerRoutes {
  const all = new Map<ServiceId, Map<string, AttachedRoute[]>>();
  for (const plan of plans) {
    for (const gateway of plan.gateways) {
      const ofGateway = all.get(gateway.id) ?? new Map<string, AttachedRoute[]>();
      all.set(gateway.id, ofGateway);
      const fitting = (listeners.get(gateway.id) ?? []).filter((listener) =>
        fits(linking, destinations, plan, listener),
      );
      if (fitting.length === 0) {
        linking.report(finding(messages, 'MESH2066', locationOf(gateway), { gateway: gateway.id }));
      }
      for (const listener of fitting) {
        const attached = ofGateway.get(listener.name) ?? [];
        attached.push(attach(linking, destinations, plan, listener));
        ofGateway.set(listener.name, attached);
      }
    }
  }
  return all;
}

function attach(
  linking: Linking,
  destinations: ReadonlyMap<ServiceId, Destination>,
  plan: RoutePlan,
  listener: BareListener,
): AttachedRoute {
  const { route, own, gateways } = plan;
  const listeners = gateways.flatMap(({ id }) => listenerNames(linking, id));
  const portNames = [...listeners, ...plan.ports.map(({ name }) => name)];
  const rules = rulesOf({
    linking,
    route,
    destinations,
    own,
    layer: layerAt(listener),
    entry: { name: listener.name, number: listener.port },
    entries: { title: `Route ${route.name}`, portNames },
    defaultPort: (destination) => defaultPort(plan, listener, destination),
  });
  return { route, priority: route.value.spec.priority ?? 0, rules };
}

function layerAt({ protocol }: BareListener): Layer {
  return protocol === 'http' || protocol === 'https' ? 'http' : protocol;
}

/** Returns the port of a backend that names none: of the ports that fit the Route, the only one or the usual one. */
function defaultPort(
  plan: RoutePlan,
  listener: BareListener,
  destination: Destination,
): DeclaredPort | undefined {
  const http = layerAt(listener) === 'http';
  const fitting = destination.ports.filter((port) => port.http === http);
  const named = new Set(plan.ports.filter((port) => port.http === http).map(({ name }) => name));
  const like = fitting.filter(({ name }) => named.has(name));
  if (like.length === 1) return like[0];
  if (fitting.length === 1) return fitting[0];
  const candidates = like.length > 0 ? like : fitting;
  if (http) return barePort(candidates);
  return candidates.find(({ number }) => number === listener.port);
}

function fits(
  linking: Linking,
  destinations: ReadonlyMap<ServiceId, Destination>,
  plan: RoutePlan,
  listener: BareListener,
): boolean {
  if (hostnamesAt(listener, plan).length === 0) return false;
  const http = layerAt(listener) === 'http';
  if (plan.own !== undefined) return plan.ports.length === 0 || plan.ports.some((port) => port.http === http);
  const layers = new Set(
    plan.route.value.spec.rules.map((rule) => carriesHttp(linking, destinations, plan, rule)),
  );
  return layers.has(http);
}

/** Returns true if a rule of a Route without a service is for HTTP, which its first backend decides. */
function carriesHttp(
  linking: Linking,
  destinations: ReadonlyMap<ServiceId, Destination>,
  { route }: RoutePlan,
  { backends }: RouteRule,
): boolean {
  const [first] = backends ?? [];
  if (first?.service === undefined) return true;
  const id = absoluteId(first.service, route.namespace);
  const ports = destinations.get(id)?.ports ?? [];
  const port = ports.find(({ name }) => name === first.port);
  if (port !== undefined) return layerOf(port.protocol) === 'http';
  return ports.length === 0 || ports.some((each) => each.http);
}
