import { defineMessages, finding } from '../../diagnostics/message.ts';
import { parsePercentage } from '../../spec/percentage.ts';
import type { Backend as WrittenBackend, Mirror as WrittenMirror } from '../../spec/types.gen.ts';
import type { Backend, Mirror } from '../route.ts';
import type { Destination } from './destinations.ts';
import { destinationId } from './names.ts';
import { type DeclaredPort, reportUnknownPort, titleOf } from './ports.ts';
import { layerOf, type RuleScope } from './rule-scope.ts';
import { itemsOf, locationOf, originOfWritten, type SpecPlace } from './spec-place.ts';
import { reportUnknownVersion } from './versions.ts';

export const messages = defineMessages({
  MESH2048: {
    severity: 'error',
    text: 'the Route has no `service`, so this needs one',
    explanation:
      'A backend or mirror without a service uses the service of the Route. A Route for gateways alone has none.',
  },
  MESH2049: {
    severity: 'error',
    text: '{owner} has several ports that fit, so this needs a `port`',
    explanation:
      'A backend uses the port with the name of the port at which the request came in; at a gateway, its only port that fits, or the one on 80. If several fit, name the port.',
  },
  MESH2050: {
    severity: 'error',
    text: '{owner} has no port {name}, under which the request comes in, so this needs a `port`{hint}',
    explanation:
      'A backend uses the port with the name of the port at which the request came in. If the backend has no such port, name one.',
  },
  MESH2051: {
    severity: 'error',
    text: 'the port {name} of {owner} speaks {protocol}, and what comes in on {entry} is {layer}',
    explanation:
      'HTTP requests go to http, http2 and grpc ports; connections of tls and tcp ports to ports that are not HTTP.',
  },
});

/** A backend with the destination that it leads to. */
export interface LinkedBackend {
  readonly backend: Backend;
  readonly destination: Destination;
  readonly port: DeclaredPort;
}

/** Returns the backends of a rule; reports and leaves out those without a destination. */
export function backendsOf(scope: RuleScope, written: readonly WrittenBackend[]): readonly LinkedBackend[] {
  return itemsOf(written).flatMap(([item, at]) => {
    const taken = written.flatMap(({ service, version }) =>
      service === item.service ? (version ?? []) : [],
    );
    const found = resolve(scope, item, at, taken);
    return found === undefined ? [] : [{ ...found, backend: { ...found.node, weight: item.weight ?? 1 } }];
  });
}

/** Returns the backends of a rule at `at` that names none: the service of the Route, with all versions. */
export function ownBackend(scope: RuleScope, at: SpecPlace): readonly LinkedBackend[] {
  const found = resolve(scope, {}, at);
  return found === undefined ? [] : [{ ...found, backend: { ...found.node, weight: 1 } }];
}

/** Returns the mirrors of a rule; reports and leaves out those without a destination. */
export function mirrorsOf(
  scope: RuleScope,
  written: readonly WrittenMirror[] | undefined,
): readonly Mirror[] {
  return itemsOf(written).flatMap(([item, at]) => {
    const found = resolve(scope, item, at);
    return found === undefined ? [] : [{ ...found.node, percent: parsePercentage(item.percent ?? 100) }];
  });
}

interface Resolved {
  readonly node: Omit<Backend, 'weight'>;
  readonly destination: Destination;
  readonly port: DeclaredPort;
}

function resolve(
  scope: RuleScope,
  item: WrittenBackend | WrittenMirror,
  at: SpecPlace,
  taken: readonly string[] = [],
): Resolved | undefined {
  const destination = destinationOf(scope, item, at);
  if (destination === undefined) return undefined;
  const { id, versions } = destination;
  const title = titleOf(destination.kind, id);
  const { version } = item;
  const known = versions.map(({ name }) => name);
  const unknown = version !== undefined && !known.includes(version);
  if (unknown)
    reportUnknownVersion(scope.linking, title, known, version, { container: item, key: 'version' }, taken);
  const port = portOf(scope, destination, item, at);
  if (port === undefined || unknown) return undefined;
  const node = {
    origin: originOfWritten(at),
    service: id,
    port: port.name,
    ...(version !== undefined && { version }),
  };
  return { node, destination, port };
}

function destinationOf(
  scope: RuleScope,
  { service }: WrittenBackend,
  at: SpecPlace,
): Destination | undefined {
  const { linking, destinations, own, route } = scope;
  if (service !== undefined) {
    const reference = { name: service, namespace: route.namespace, ...within(at, 'service') };
    const id = destinationId(linking.names, reference, linking.report);
    return id === undefined ? undefined : destinations.get(id);
  }
  // A missing service of the Route is reported at the field that names it.
  if (route.value.spec.service === undefined)
    linking.report(finding(messages, 'MESH2048', locationOf(at), {}));
  return own;
}

function portOf(
  scope: RuleScope,
  destination: Destination,
  { port: name }: WrittenBackend,
  at: SpecPlace,
): DeclaredPort | undefined {
  const { linking, layer, entry } = scope;
  const owner = titleOf(destination.kind, destination.id);
  const portNames = destination.ports.map((port) => port.name);
  const portAt = name === undefined ? at : within(at, 'port');
  const port =
    name === undefined
      ? scope.defaultPort(destination)
      : destination.ports.find((candidate) => candidate.name === name);
  if (port === undefined) {
    if (name !== undefined) reportUnknownPort(linking, { title: owner, portNames }, name, portAt);
    else if (scope.grpc === undefined)
      linking.report(finding(messages, 'MESH2049', locationOf(at), { owner }));
    else {
      const hint = portNames.length > 0 ? ` (it has ${portNames.slice(0, 5).join(', ')})` : '';
      linking.report(finding(messages, 'MESH2050', locationOf(at), { owner, name: entry.name, hint }));
    }
    return undefined;
  }
  if ((layerOf(port.protocol) === 'http') === (layer === 'http')) return port;
  const values = { name: port.name, owner, protocol: port.protocol, entry: entry.name, layer };
  linking.report(finding(messages, 'MESH2051', locationOf(portAt), values));
  return undefined;
}

function within(at: SpecPlace, key: string): SpecPlace {
  const item =
    at.key === undefined ? at.container : (at.container as Readonly<Record<string | number, object>>)[at.key];
  return { container: item ?? at.container, key };
}
