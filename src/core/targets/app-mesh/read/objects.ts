import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isApiDocument } from './api-documents.ts';
import { apiResources } from './api-resources.ts';
import { crdResources } from './crd-resources.ts';
import { idOfHost } from './references.ts';
import type { Kind, Resource } from './resource.ts';

/** The resources of App Mesh among the input, by kind and by id. */
export interface Objects {
  /** Returns the resources of a kind, in the order of the input. */
  all(kind: Kind): readonly Resource[];
  /** Returns a resource by its id. */
  find(kind: Kind, id: string): Resource | undefined;
  /** Returns the routes of a router, in the order of the input: those that it holds, and those that name it. */
  routesOf(router: Resource): readonly RouteOfRouter[];
  /** Namespaces of all resources. */
  readonly namespaces: ReadonlySet<string>;
  /** Ids of the services that hosts of virtual services name. */
  readonly hosts: ReadonlySet<string>;
}

/** A route, and the place that says it. */
export interface RouteOfRouter {
  readonly route: Field;
  /** The root of a route that is a resource of its own. */
  readonly from?: Field;
}

/** Returns the resources that can be read, and refuses the other documents. */
export function objectsOf(documents: readonly NativeDocument[], context: ReadContext): Objects {
  const resources = [
    ...crdResources(
      documents.filter((document) => !isApiDocument(document)),
      context,
    ),
    ...apiResources(documents.filter(isApiDocument), context),
  ];
  const byKind = Map.groupBy(resources, ({ kind }) => kind);
  const ids = new Map(resources.map((resource) => [`${resource.kind} ${resource.id}`, resource]));
  const namespaces = new Set([
    ...resources.map(({ namespace }) => namespace),
    ...context.inventory.services.map(({ namespace }) => namespace),
  ]);
  const hosts = resources.flatMap(({ host, namespace }) =>
    host === undefined ? [] : (idOfHost(host.name, namespace, namespaces) ?? []),
  );
  const byRouter = Map.groupBy(byKind.get('Route') ?? [], ({ owner }) => owner ?? '');
  for (const { owner = '', document } of byKind.get('Route') ?? [])
    if (!ids.has(`VirtualRouter ${owner}`))
      context.refuse(document, 'its virtual router is not among the input');
  return {
    all: (kind) => byKind.get(kind) ?? [],
    find: (kind, id) => ids.get(`${kind} ${id}`),
    routesOf: ({ id, spec }) => [
      ...spec
        .at('routes')
        .items()
        .map((route) => ({ route })),
      ...(byRouter.get(id) ?? []).map(({ spec: route, root }) => ({ route, from: root })),
    ],
    namespaces,
    hosts: new Set(hosts),
  };
}
