import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { Principal, RouteRule, ServicePort } from '../../../spec/types.gen.ts';
import type { ReadRule } from './read-rules.ts';
import { type NamedRoute, wantedName } from './route-names.ts';
import { type RuleSets, withCondition } from './rule-sets.ts';
import { rulesOfAllPorts } from './rules-of-ports.ts';
import { isHttpPort, type Place, type Surroundings } from './surroundings.ts';
import { tidyBackends } from './tidy-backends.ts';

type Protocol = keyof RuleSets;

/** The parts of a VirtualService that hold inside the mesh, for one of its hosts. */
export interface MeshPart {
  readonly field: Field;
  readonly host: string;
  readonly name: string;
  readonly namespace: string;
  readonly sets: RuleSets;
  readonly from: readonly Principal[] | undefined;
  readonly root: Field;
  readonly isOnly: boolean;
  readonly alsoAtGateways: boolean;
}

/** Returns the Routes of a VirtualService inside the mesh for one of its hosts, and ports that they make HTTP. */
export function meshRoutes(
  part: MeshPart,
  surroundings: Surroundings,
  routed: Set<string>,
): readonly NamedRoute[] {
  const { field, host, namespace, sets, root } = part;
  const protocols = (['http', 'tls', 'tcp'] as const).filter((one) => sets[one].length > 0);
  const first = protocols[0] ?? 'http';
  const place = surroundings.place(field, host, namespace, { protocol: first });
  if (place === undefined) {
    // A host of the gateways alone isn't called inside the mesh.
    if (part.alsoAtGateways) return [];
    field.lost({ callers: 'no service and no ServiceEntry has this host: its calls are routed nowhere' });
    return [];
  }
  return protocols.flatMap((protocol) => {
    const key = `${place.id} ${protocol}`;
    if (routed.has(key)) {
      root
        .along('spec', protocol)
        .lost({ callers: 'another VirtualService routes this host; which of the two holds is undefined' });
      return [];
    }
    routed.add(key);
    return meshRoute(part, place, protocol, protocols.length > 1, surroundings);
  });
}

function meshRoute(
  part: MeshPart,
  place: Place,
  protocol: Protocol,
  hasOthers: boolean,
  surroundings: Surroundings,
): readonly NamedRoute[] {
  const { name, namespace, sets, from, root, isOnly } = part;
  const ports = portsOf(place, protocol);
  const own = sets[protocol]
    .filter(({ gateways }) => gateways === undefined || gateways.includes('mesh'))
    .map((one) => toNowhere(one, place));
  const alike = rulesOfAllPorts(own, ports, place.id);
  const rules = alike ?? own.flatMap((one) => inMesh(one, ports));
  if (rules.length === 0) return [];
  const limited = from === undefined ? withoutLastAnswers(rules) : limitedTo(rules, from, place);
  const label =
    dnsLabel(
      `${isOnly ? name : `${name}-${place.id.replace('/', '-')}`}${hasOthers ? `-${protocol}` : ''}`,
    ) ?? name;
  const names = [...new Set(rules.flatMap((rule) => rule.match?.flatMap(({ port }) => port ?? []) ?? []))];
  const isLimited =
    names.length > 0 && rules.every((rule) => rule.match?.every(({ port }) => port !== undefined) === true);
  const ownPorts = isLimited
    ? names
    : protocol === 'http' || ports === undefined
      ? undefined
      : ports.map((port) => port.name);
  const route: NamedRoute = {
    kind: 'Route',
    namespace,
    name: label,
    spec: {
      service: place.id.startsWith(`${namespace}/`) ? place.id.slice(namespace.length + 1) : place.id,
      ...(ownPorts === undefined || ownPorts.length === 0 ? {} : { ports: ownPorts }),
      rules: tidyBackends(limited, { namespace, service: place.id }, surroundings),
    },
    from: [root],
    ...(place.type === 'service' ? { beside: place.id } : {}),
    ...wantedName(sets[protocol]),
  };
  return [...madeHttp(place, protocol), route];
}

/** A backend that gets nothing takes the connections of a rule without a known destination: they fail. */
function toNowhere(one: ReadRule, { id }: Place): ReadRule {
  return one.nowhere === undefined
    ? one
    : { ...one, rule: { ...one.rule, backends: [{ service: id, weight: 0 }] } };
}

/** A last rule that answers 404 says the same as no rule. */
function withoutLastAnswers(rules: readonly RouteRule[]): readonly RouteRule[] {
  const last = rules.findLastIndex(({ respond, headers }) => {
    const isPlain = respond?.status === 404 && respond.body === undefined && headers === undefined;
    return !isPlain;
  });
  return rules.slice(0, Math.max(1, last + 1));
}

/** A port of a destination. */
export interface NamedPort {
  readonly name: string;
  readonly port: number;
}

/** The ports of a destination that rules of a protocol hold for; undefined if they are unknown. */
function portsOf(place: Place, protocol: Protocol): readonly NamedPort[] | undefined {
  if (place.type === 'external')
    return place.external.ports.filter(({ isHttp }) => isHttp === (protocol === 'http'));
  const { service } = place;
  if (service === undefined) return undefined;
  return service.ports.filter((port) => {
    if (protocol === 'http') return isHttpPort(port) || port.isGuessed;
    return protocol === 'tls' ? port.protocol === 'tls' : !isHttpPort(port) && port.protocol !== 'tls';
  });
}

/** HTTP rules hold for ports whose protocol the Service doesn't say: the mesh finds it out. */
function madeHttp(place: Place, protocol: Protocol): readonly ReadDocument[] {
  if (protocol !== 'http' || place.type !== 'service' || place.service === undefined) return [];
  const { namespace, name, spec, ports } = place.service;
  const guessed = ports.filter(({ isGuessed }) => isGuessed);
  if (guessed.length === 0 || ports.some(isHttpPort)) return [];
  const entries = guessed.flatMap(({ name: key }): readonly (readonly [string, ServicePort])[] => {
    const port = spec.ports?.[key];
    return port === undefined ? [] : [[key, { ...port, protocol: 'http' }]];
  });
  return [
    {
      kind: 'Service',
      namespace,
      name,
      spec: { ports: Object.fromEntries(entries) },
      from: [],
      beside: place.id,
    },
  ];
}

/** Adds the port as a condition; a rule for a port that the destination doesn't have takes nothing. */
function inMesh({ rule, port }: ReadRule, ports: readonly NamedPort[] | undefined): readonly RouteRule[] {
  if (port === undefined || ports === undefined) return [rule];
  const found = ports.find((one) => one.port === port);
  if (found === undefined) return [];
  return ports.length === 1 ? [rule] : [withCondition(rule, { port: found.name })];
}

/** Other callers take no rule, and so all versions alike. */
function limitedTo(
  rules: readonly RouteRule[],
  from: readonly Principal[],
  place: Place,
): readonly RouteRule[] {
  if (from.length === 0) return [{ backends: [{ service: place.id }] }];
  const own = rules.map((rule) => ({
    ...rule,
    match: (rule.match ?? [{}]).map((match) => ({ ...match, from: match.from ?? from })),
  }));
  return [...own, { backends: [{ service: place.id }] }];
}
