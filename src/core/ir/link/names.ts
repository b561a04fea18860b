import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { absoluteId } from '../../spec/absolute-id.ts';
import { everybodySpelling, isEverybody } from '../../spec/everybody.ts';
import type { Spec, SpecObject } from '../../spec/spec.ts';
import type {
  ExternalDocument,
  GatewayDocument,
  ProfileDocument,
  ServiceDocument,
} from '../../spec/types.gen.ts';
import type { ServiceId } from '../service-id.ts';
import { locationOf, type SpecPlace } from './spec-place.ts';
import { suggestion } from './suggestion.ts';

export const messages = defineMessages({
  MESH2000: {
    severity: 'error',
    text: 'no Service or External is called {id}{hint}',
    explanation:
      'A reference names a Service or an External of this mesh: `reviews` for one in the namespace of the document, `shop/reviews` for one elsewhere. Declare it, or correct the name.',
  },
  MESH2001: {
    severity: 'error',
    text: 'no Gateway is called {id}{hint}',
    explanation:
      'A reference names a Gateway of this mesh: `public` for one in the namespace of the document, `infra/public` for one elsewhere. Declare it, or correct the name.',
  },
  MESH2002: {
    severity: 'error',
    text: 'no Profile is called {id}{hint}',
    explanation:
      'A Service opts in to Profiles of this mesh by name. Declare the Profile, or correct the name.',
  },
  MESH2003: {
    severity: 'error',
    text: '{id} is the name of a Service and of an External',
    explanation:
      'Services and Externals share one set of names, so that a reference means one thing. Rename one of the two.',
  },
  MESH2004: {
    severity: 'error',
    text: '{id} is an External, and {role} takes a Service',
    explanation:
      'An External stands outside the mesh: it has no account, no proxy and no rules of its own. Calls to it are guarded by its `from`, or at its egress gateway.',
  },
});

/** All objects that references can name, by `namespace/name` (profiles by name). */
export interface Names {
  readonly services: ReadonlyMap<ServiceId, SpecObject<ServiceDocument>>;
  readonly externals: ReadonlyMap<ServiceId, SpecObject<ExternalDocument>>;
  readonly gateways: ReadonlyMap<ServiceId, SpecObject<GatewayDocument>>;
  readonly profiles: ReadonlyMap<string, SpecObject<ProfileDocument>>;
}

/** The names that references can mean. */
export interface KnownNames {
  readonly services: KnownIds;
  readonly externals: KnownIds;
  readonly gateways: KnownIds;
  readonly profiles: KnownIds;
}

type KnownIds = Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>;

/** A reference as written, and the namespace in which a bare name is looked up. */
export interface Reference extends SpecPlace {
  readonly name: string;
  readonly namespace: string;
  /** True for a caller, of which all can be meant. */
  readonly isCaller?: boolean;
}

/** Indexes the spec; reports a name that a Service and an External share. */
export function namesOf(spec: Spec, report: Report): Names {
  const services = byId(spec.services);
  const externals = byId(spec.externals.filter((external) => !services.has(idOf(external))));
  for (const external of spec.externals) {
    const service = services.get(idOf(external));
    if (service === undefined) continue;
    report(
      finding(
        messages,
        'MESH2003',
        external.location,
        { id: idOf(external) },
        {
          related: [{ location: service.location, message: 'the Service of this name' }],
        },
      ),
    );
  }
  // A document with `of` declares listeners of another Gateway and isn't a Gateway itself.
  const gateways = spec.gateways.filter(({ value }) => value.spec.of === undefined);
  const profiles = new Map(spec.profiles.map((profile) => [profile.name, profile]));
  return { services, externals, gateways: byId(gateways), profiles };
}

/** Returns the `namespace/name` of a document. */
export function idOf(object: { readonly namespace: string; readonly name: string }): ServiceId {
  return `${object.namespace}/${object.name}`;
}

/** Returns the Service or External that a reference names. */
export function destinationId(
  names: KnownNames,
  reference: Reference,
  report: Report,
): ServiceId | undefined {
  const id = absolute(reference);
  if (names.services.has(id) || names.externals.has(id)) return id;
  const isEverybodyMeant = reference.isCaller === true && isEverybody(reference.name);
  const { hint, details } = isEverybodyMeant
    ? { hint: `; ${everybodySpelling}`, details: {} }
    : suggestion(report, reference, id, destinationNames(names));
  report(finding(messages, 'MESH2000', locationOf(reference), { id, hint }, { ...details, cause: id }));
  return undefined;
}

function* destinationNames({ services, externals }: KnownNames): Iterable<string> {
  yield* services.keys();
  yield* externals.keys();
}

/** Returns the Service that a reference names; `role` is the word for the reference's purpose in a message. */
export function serviceId(
  names: Names,
  reference: Reference,
  role: string,
  report: Report,
): ServiceId | undefined {
  const id = destinationId(names, reference, report);
  if (id === undefined || names.services.has(id)) return id;
  const external = names.externals.get(id);
  const related = external === undefined ? [] : [{ location: external.location, message: 'the External' }];
  report(finding(messages, 'MESH2004', locationOf(reference), { id, role }, { related }));
  return undefined;
}

/** Returns the Gateway that a reference names. */
export function gatewayId(names: KnownNames, reference: Reference, report: Report): ServiceId | undefined {
  const id = absolute(reference);
  if (names.gateways.has(id)) return id;
  const { hint, details } = suggestion(report, reference, id, names.gateways.keys());
  report(finding(messages, 'MESH2001', locationOf(reference), { id, hint }, { ...details, cause: id }));
  return undefined;
}

/** Returns true if there is a Profile of the name; reports the name otherwise. */
export function isProfile(names: KnownNames, reference: Reference, report: Report): boolean {
  const { name: id } = reference;
  if (names.profiles.has(id)) return true;
  const { hint, details } = suggestion(report, reference, id, names.profiles.keys());
  report(finding(messages, 'MESH2002', locationOf(reference), { id, hint }, { ...details, cause: id }));
  return false;
}

function absolute({ name, namespace }: Reference): ServiceId {
  return absoluteId(name, namespace);
}

function byId<T>(objects: readonly SpecObject<T>[]): Map<ServiceId, SpecObject<T>> {
  return new Map(objects.map((object) => [idOf(object), object]));
}
