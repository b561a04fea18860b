import { defineMessages, finding } from '../../diagnostics/message.ts';
import { originOf } from '../../location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { RouteDocument } from '../../spec/types.gen.ts';
import type { Route } from '../route.ts';
import type { ServiceId } from '../service-id.ts';
import type { Destination } from './destinations.ts';
import type { Linking } from './linking.ts';
import { listenerDocuments } from './listeners.ts';
import { destinationId, gatewayId } from './names.ts';
import { type DeclaredPort, reportUnknownPort, titleOf } from './ports.ts';
import { layerOf } from './rule-scope.ts';
import { rulesOf } from './rules.ts';
import { itemsOf, keyLocationOf, locationOf, type SpecPlace } from './spec-place.ts';

export const messages = defineMessages({
  MESH2062: {
    severity: 'error',
    text: 'the port {port} of {owner} has a Route already: write the rules into that Route',
    explanation:
      'Inside the mesh a port has at most one Route, so that the order of its rules is written in one place. Bring the rules together, or divide the ports with `ports`.',
  },
  MESH2063: {
    severity: 'error',
    text: '{owner} has no ports, so no request comes to it',
    explanation:
      'A Route divides the requests to a port of a service. A pure caller has none: declare `ports`.',
  },
  MESH2064: {
    severity: 'error',
    text: 'a Route needs a `service`, `gateways`, or both',
    explanation:
      'With `service` a Route holds for calls inside the mesh, with `gateways` for requests that enter there. With neither of them the Route has no effect.',
  },
  MESH2067: {
    severity: 'error',
    text: 'two rules of this Route are called {name}',
    explanation:
      'Overlays, traces and `mesh explain` identify a rule by its name. Give each a name of its own, or none.',
  },
  MESH2065: {
    severity: 'error',
    text: '`{field}` holds at gateways, and this Route names none',
    explanation:
      'Inside the mesh the name of the service is the host, and all of its names get the same rules. Name the `gateways`, or take the field out.',
  },
});

/** A Route with the references in its head resolved. */
export interface RoutePlan {
  readonly route: SpecObject<RouteDocument>;
  /** The service of the Route; undefined if the Route names none, or if the service doesn't exist. */
  readonly own: Destination | undefined;
  /** The ports of the service that the Route is for. */
  readonly ports: readonly DeclaredPort[];
  readonly gateways: readonly (SpecPlace & { readonly id: ServiceId })[];
}

/** Resolves the services, ports and gateways of Routes, in the order of the Routes' names. */
export function routePlans(
  linking: Linking,
  destinations: ReadonlyMap<ServiceId, Destination>,
): readonly RoutePlan[] {
  return linking.spec.routes.map((route) => {
    const { spec } = route.value;
    const at = (key: string): SpecPlace => ({ container: spec, key });
    if (spec.service === undefined && spec.gateways === undefined) {
      linking.report(finding(messages, 'MESH2064', route.location, {}));
    }
    for (const field of ['hostnames', 'priority'] as const) {
      if (spec[field] === undefined || spec[field] === 0 || spec.gateways !== undefined) continue;
      linking.report(finding(messages, 'MESH2065', keyLocationOf(at(field)), { field }));
    }
    const reference = { name: spec.service ?? '', namespace: route.namespace, ...at('service') };
    const id =
      spec.service === undefined ? undefined : destinationId(linking.names, reference, linking.report);
    const own = id === undefined ? undefined : destinations.get(id);
    reportSameNames(linking, route);
    const ports = own === undefined ? [] : portsOf(linking, route, own);
    return { route, own, ports, gateways: gatewaysOf(linking, route) };
  });
}

/** Returns the gateways of a Route, each once. */
function gatewaysOf(
  linking: Linking,
  { namespace, value }: SpecObject<RouteDocument>,
): RoutePlan['gateways'] {
  const found = itemsOf(value.spec.gateways).flatMap(([name, at]) => {
    const id = gatewayId(linking.names, { name, namespace, ...at }, linking.report);
    return id === undefined ? [] : [[id, { id, ...at }] as const];
  });
  return [...new Map(found).values()];
}

/** Reports rules with the same name: overlays, traces and `mesh explain` identify a rule by its name. */
function reportSameNames(linking: Linking, { value }: SpecObject<RouteDocument>): void {
  const first = new Map<string, SpecPlace>();
  for (const rule of value.spec.rules) {
    if (rule.name === undefined) continue;
    const at = { container: rule, key: 'name' };
    const earlier = first.get(rule.name);
    first.set(rule.name, earlier ?? at);
    if (earlier === undefined) continue;
    const related = [{ location: locationOf(earlier), message: 'the first rule of this name' }];
    linking.report(finding(messages, 'MESH2067', locationOf(at), { name: rule.name }, { related }));
  }
}

/** Returns the Routes inside the mesh, by `<service id>:<port name>`; ports without a Route are missing. */
export function meshRoutes(
  linking: Linking,
  destinations: ReadonlyMap<ServiceId, Destination>,
  plans: readonly RoutePlan[],
): ReadonlyMap<string, Route> {
  const first = new Map<string, RoutePlan>();
  const routes = new Map<string, Route>();
  for (const plan of plans) {
    const { own, route } = plan;
    if (own === undefined) continue;
    for (const port of plan.ports) {
      const key = `${own.id}:${port.name}`;
      const earlier = first.get(key);
      if (earlier !== undefined) {
        const related = [{ location: earlier.route.location, message: 'the other Route' }];
        const values = { port: port.name, owner: titleOf(own.kind, own.id) };
        linking.report(finding(messages, 'MESH2062', route.location, values, { related }));
        continue;
      }
      first.set(key, plan);
      routes.set(key, routeAt(linking, destinations, plan, own, port));
    }
  }
  return routes;
}

function routeAt(
  linking: Linking,
  destinations: ReadonlyMap<ServiceId, Destination>,
  { route, ports, gateways }: RoutePlan,
  own: Destination,
  port: DeclaredPort,
): Route {
  const listeners = gateways.flatMap(({ id }) => listenerNames(linking, id));
  const rules = rulesOf({
    linking,
    route,
    destinations,
    own,
    layer: layerOf(port.protocol),
    entry: port,
    entries: {
      title: titleOf(own.kind, own.id),
      portNames: [...ports.map(({ name }) => name), ...listeners],
    },
    grpc: port.protocol === 'grpc',
    defaultPort: (destination) => destination.ports.find(({ name }) => name === port.name),
  });
  return { origin: originOf(route.location), implicit: false, name: route.name, rules };
}

/** Returns the names of the listeners of a Gateway in all documents. */
export function listenerNames(linking: Linking, gateway: ServiceId): readonly string[] {
  const documents = listenerDocuments(linking, gateway);
  return [...new Set(documents.flatMap(({ value }) => Object.keys(value.spec.listeners ?? {})))].sort();
}

/** Returns the ports of a Route: the ports that it names, or else the HTTP ports of its service, or else all ports. */
function portsOf(
  linking: Linking,
  route: SpecObject<RouteDocument>,
  own: Destination,
): readonly DeclaredPort[] {
  const { spec } = route.value;
  const owner = titleOf(own.kind, own.id);
  if (own.ports.length === 0) {
    linking.report(finding(messages, 'MESH2063', locationOf({ container: spec, key: 'service' }), { owner }));
  }
  if (spec.ports === undefined) {
    const http = own.ports.filter((port) => port.http);
    return http.length > 0 ? http : own.ports;
  }
  const named = itemsOf(spec.ports).flatMap(([name, at]) => {
    const port = own.ports.find((candidate) => candidate.name === name);
    if (port === undefined)
      reportUnknownPort(linking, { title: owner, portNames: own.ports.map((each) => each.name) }, name, at);
    return port ?? [];
  });
  return [...new Set(named)];
}
