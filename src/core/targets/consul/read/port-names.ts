import type { KnownPort, KnownService } from '../../../import/inventory.ts';
import { serviceId } from '../../../import/inventory.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import { absoluteId } from '../../../spec/absolute-id.ts';
import type { AccessRule, AccessTo, Backend, RouteRule, ServicePort } from '../../../spec/types.gen.ts';

/** A port of a service with several, which Consul knows as a service of its own, `NAME-PORT`. */
export interface NamedPort {
  readonly service: KnownService;
  readonly port: KnownPort;
}

/** Returns the port that a name stands for, if it is no service's own name. */
export function portNamed(name: string, services: readonly KnownService[]): NamedPort | undefined {
  const found = services.flatMap((service) => {
    const [, ...others] = service.ports;
    return others.flatMap((port) => {
      const short = `${service.name}-${port.name}`;
      return name === short || name === `${short}-${service.namespace}` ? [{ service, port }] : [];
    });
  });
  return found.length === 1 ? found[0] : undefined;
}

type Ports = ReadonlyMap<string, NamedPort>;

/**
 * Returns documents in which the names of ports are the ports: `ports` are those that the input names, by the ids of the services
 * that they would be. Rules of a service with such names are rules of its first port.
 */
export function withPorts(
  documents: readonly ReadDocument[],
  ports: Ports,
  isOpen: boolean,
): readonly ReadDocument[] {
  if (ports.size === 0) return documents;
  const services = new Map([...ports.values()].map(({ service }) => [serviceId(service), service]));
  const first = new Map(
    [...services].flatMap(([id, service]) => {
      const [port] = service.ports;
      return port === undefined ? [] : [[id, { service, port }] as const];
    }),
  );
  const known: Ports = new Map([...first, ...ports]);
  const settings = new Map(
    [...services.keys()].map((id) => [
      id,
      settingsOf(documents.filter((one) => one.kind === 'Service' && idOf(one) === id)),
    ]),
  );
  const modes = new Set(
    documents.flatMap((one) =>
      one.kind === 'Service' && services.has(ownerOf(one, known)) ? (one.spec.mtls ?? []) : [],
    ),
  );
  return documents.map((document): ReadDocument => {
    const meant = known.get(idOf(document));
    if (document.kind === 'Service' && meant !== undefined)
      return serviceOf(document, meant, settings.get(serviceId(meant.service)), modes.size > 0);
    if (document.kind === 'Route') return routeOf(document, known);
    if (document.kind === 'Access' && meant !== undefined)
      return accessOf(document, meant, documents, known, isOpen);
    return document;
  });
}

function idOf({ namespace, name }: ReadDocument): string {
  return `${namespace}/${name}`;
}

function ownerOf(document: ReadDocument, known: Ports): string {
  const meant = known.get(idOf(document));
  return meant === undefined ? '' : serviceId(meant.service);
}

type ServiceDocument = Extract<ReadDocument, { kind: 'Service' }>;

/** Returns the settings of a service, which hold for all of its ports. */
function settingsOf(documents: readonly ReadDocument[]): Json {
  return Object.assign({}, ...documents.map(({ spec }) => withoutPorts(spec))) as Json;
}

function withoutPorts(spec: object): object {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => key !== 'ports' && key !== 'mtls'));
}

function serviceOf(
  document: ServiceDocument,
  { service, port }: NamedPort,
  settings: Json | undefined,
  hasModes: boolean,
): ReadDocument {
  const { ports, mtls, ...rest } = document.spec;
  const isOwn = service.name === document.name;
  const known = settings as Readonly<Record<string, Json>> | undefined;
  const differs = Object.entries(rest).some(
    ([key, value]) => !isSameJson(value as Json, known?.[key] ?? null),
  );
  if (!isOwn && differs)
    for (const field of document.from)
      field.lost({ callers: `the settings of ${service.name} hold for all of its ports` });
  const written = hasModes && document.from.length > 0 ? { mtls: mtls ?? ('strict' as const) } : {};
  const own: Partial<ServicePort> = { ...ports?.[port.name], ...written };
  return {
    ...document,
    name: service.name,
    beside: serviceId(service),
    spec: {
      ...(isOwn ? rest : {}),
      ...(Object.keys(own).length > 0 && {
        ports: { ...ports, [port.name]: { port: port.port, protocol: port.protocol, ...own } },
      }),
    },
  };
}

function routeOf(document: Extract<ReadDocument, { kind: 'Route' }>, known: Ports): ReadDocument {
  const { namespace, spec } = document;
  const meant = spec.service === undefined ? undefined : known.get(absoluteId(spec.service, namespace));
  const named = <T extends Backend>(one: T): T => {
    const to = one.service === undefined ? undefined : known.get(absoluteId(one.service, namespace));
    if (to === undefined) return one;
    const service = to.service.namespace === namespace ? to.service.name : serviceId(to.service);
    return { ...one, service, port: to.port.name };
  };
  const rules = spec.rules?.map(
    (rule): RouteRule => ({ ...rule, ...(rule.backends && { backends: rule.backends.map(named) }) }),
  );
  return {
    ...document,
    ...(meant && { beside: serviceId(meant.service) }),
    spec: {
      ...spec,
      ...(rules && { rules }),
      ...(meant && { service: meant.service.name, ports: [meant.port.name] }),
    },
  };
}

function accessOf(
  document: Extract<ReadDocument, { kind: 'Access' }>,
  { service, port }: NamedPort,
  documents: readonly ReadDocument[],
  known: Ports,
  isOpen: boolean,
): ReadDocument {
  const rules = (document.spec.rules ?? []).map((rule) => atPort(rule, port.name));
  const isOwn = service.name === document.name;
  const guarded = new Set(
    documents.flatMap((one) => {
      const meant = one.kind === 'Access' ? known.get(idOf(one)) : undefined;
      return meant?.service === service ? [meant.port.name] : [];
    }),
  );
  const open = service.ports.filter(({ name }) => !guarded.has(name)).map(({ name }) => name);
  const rest: readonly AccessRule[] =
    isOwn && isOpen && open.length > 0
      ? [{ allow: { from: [{ anyone: true }], to: [{ ports: open }] } }]
      : [];
  return {
    ...document,
    beside: serviceId(service),
    spec: { ...document.spec, service: service.name, rules: [...rules, ...rest] },
  };
}

/** Limits a rule to a port. */
function atPort({ allow, ...rest }: AccessRule, port: string): AccessRule {
  if (allow === undefined) return rest;
  const to = (allow.to ?? [{}]).flatMap((one): readonly AccessTo[] =>
    one.ports?.includes(port) === false ? [] : [{ ...one, ports: [port] }],
  );
  return { ...rest, allow: { ...allow, to } };
}
