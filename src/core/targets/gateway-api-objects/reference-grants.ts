import { jsonRecord } from '../../lib/json-record.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { objectName } from '../kubernetes-objects/object-name.ts';
import { apiGroup, object } from './object.ts';

interface Grant {
  readonly from: ObjectArtifact[];
  readonly services: Set<string>;
}

/**
 * Returns a ReferenceGrant for each namespace whose Services are named by routes in other namespaces, for
 * exactly these Services.
 */
export function referenceGrants(routes: readonly ObjectArtifact[]): readonly ObjectArtifact[] {
  const grants = new Map<string, Grant>();
  for (const route of routes) {
    for (const { name, namespace } of servicesOf(route)) {
      if (namespace === undefined || namespace === route.namespace) continue;
      const key = `${namespace} ${route.namespace}`;
      const grant = grants.get(key) ?? { from: [], services: new Set() };
      grants.set(key, grant);
      if (!grant.from.includes(route)) grant.from.push(route);
      grant.services.add(name);
    }
  }
  return [...grants].flatMap(([key, { from, services }]) => {
    const [namespace = '', asking = ''] = key.split(' ');
    return inSets([...services]).map((named, index) =>
      object({
        kind: 'ReferenceGrant',
        namespace,
        name: objectName(
          'routes',
          asking,
          ...(index === 0 ? [] : [`part${String(index + 1).padStart(3, '0')}`]),
        ),
        from: fromOf(from),
        origins: from.flatMap(({ origins }) => origins),
        spec: {
          from: [...new Set(from.map(({ kind }) => kind))].map((kind) => ({
            group: apiGroup,
            kind,
            namespace: asking,
          })),
          to: named.map((name) => ({ group: '', kind: 'Service', name })),
        },
      }),
    );
  });
}

/** The most entries of a ReferenceGrant. */
const mostEntries = 16;

function inSets(names: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(names.length / mostEntries);
  return Array.from({ length: count }, (_, set) => names.slice(set * mostEntries, (set + 1) * mostEntries));
}

interface Reference {
  readonly name: string;
  /** Absent: a host outside the mesh, which is in no namespace. */
  readonly namespace?: string;
}

function servicesOf({ manifest }: ObjectArtifact): readonly Reference[] {
  const { spec } = manifest as unknown as {
    readonly spec: { readonly rules?: readonly RuleRefs[] };
  };
  return (spec.rules ?? []).flatMap(({ backendRefs = [], filters = [] }) => [
    ...backendRefs,
    ...filters.flatMap(({ requestMirror }) => requestMirror?.backendRef ?? []),
  ]);
}

interface RuleRefs {
  readonly backendRefs?: readonly Reference[];
  readonly filters?: readonly { readonly requestMirror?: { readonly backendRef: Reference } }[];
}

/** Returns the document of the first route that needs the grant. */
function fromOf([first]: readonly ObjectArtifact[]): string {
  const { annotations } = jsonRecord(jsonRecord(first?.manifest)['metadata']);
  const origin = jsonRecord(annotations)['meshwright.dev/origin'];
  return typeof origin === 'string' ? origin : '';
}
