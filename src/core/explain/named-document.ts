import { idOf } from '../ir/link/names.ts';
import { closest } from '../lib/closest.ts';
import type { Spec, SpecObject } from '../spec/spec.ts';

/** The document of the spec that a path begins with, and the rest of the path. */
export interface NamedDocument {
  readonly object: SpecObject<unknown>;
  /** `Service/shop/reviews`. */
  readonly title: string;
  /** The keys that follow, below `spec`. */
  readonly path: readonly string[];
}

/** Returns the document that `KIND/NAMESPACE/NAME.FIELD…` names; without KIND, a Service or an External. */
export function namedDocument(spec: Spec, text: string): NamedDocument | { readonly problem: string } {
  const [head = '', ...rest] = text.split('.');
  const path = rest[0] === 'spec' ? rest.slice(1) : rest;
  if (head === '' || path.length === 0) {
    return { problem: `${text} does not name a field: write it as in Service/shop/reviews.timeout` };
  }
  const lists = documentLists(spec);
  const [kind = '', ...names] = head.split('/');
  const list = Object.hasOwn(lists, kind) ? lists[kind] : undefined;
  const objects = list ?? [...spec.services, ...spec.externals];
  const wanted = list === undefined ? head : names.join('/');
  const object = objects.find((candidate) => nameOf(candidate) === qualified(candidate, wanted));
  if (kind === 'Mesh' || object !== undefined) {
    const found = object ?? spec.mesh;
    return { object: found, title: [found.kind, nameOf(found)].join('/'), path };
  }
  const meant = closest(wanted, objects.map(nameOf));
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  return { problem: `no ${list === undefined ? 'Service or External' : kind} is called ${wanted}${hint}` };
}

function documentLists(spec: Spec): Readonly<Record<string, readonly SpecObject<unknown>[]>> {
  return {
    Mesh: [spec.mesh],
    Service: spec.services,
    Route: spec.routes,
    Access: spec.accesses,
    Authentication: spec.authentications,
    Gateway: spec.gateways,
    External: spec.externals,
    Rollout: spec.rollouts,
    Profile: spec.profiles,
    Guardrail: spec.guardrails,
  };
}

/** Returns `namespace/name`, or the name alone for kinds without namespaces. */
function nameOf(object: SpecObject<unknown>): string {
  return object.namespace === '' ? object.name : idOf(object);
}

function qualified(candidate: SpecObject<unknown>, wanted: string): string {
  return candidate.namespace === '' || wanted.includes('/') ? wanted : `default/${wanted}`;
}
