import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { Schema } from '../schemas.ts';

/** The schemas of the kinds of a file of CRDs, by `API-VERSION KIND`. */
export type KindSchemas = Readonly<Record<string, Schema>>;

interface Crd {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/** Returns the structural schemas of the asked kinds in files of CRDs; throws if a file lacks one that no other has. */
export function kindSchemas(files: readonly string[], kinds: readonly string[]): KindSchemas {
  const crds = files.flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Crd | null),
  );
  const found = new Map(
    crds
      .filter((crd) => crd?.kind === 'CustomResourceDefinition')
      .flatMap((crd) => (crd === null ? [] : versionsOf(crd))),
  );
  return Object.fromEntries(
    kinds.toSorted().map((kind) => {
      const schema = found.get(kind);
      if (schema === undefined) throw new Error(`no CRD of ${files.join(', ')} has ${kind}`);
      return [kind, structural(schema)];
    }),
  );
}

function versionsOf({ spec }: Crd): readonly (readonly [string, Schema])[] {
  return spec.versions.map(
    ({ name, schema }) => [`${spec.group}/${name} ${spec.names.kind}`, schema.openAPIV3Schema] as const,
  );
}

/** Keywords that say nothing about the structure of a value, or that only an API server evaluates. */
const dropped: ReadonlySet<string> = new Set([
  'description',
  'example',
  'title',
  'default',
  'x-kubernetes-validations',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
]);

/** The schema without texts, its status left out. */
function structural({ properties, ...schema }: Schema): Schema {
  const { spec } = properties as Readonly<Record<string, Schema>>;
  return { ...stripped(schema), properties: { spec: stripped(spec ?? {}) } };
}

function stripped(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !dropped.has(keyword))
      .map(([keyword, value]) => [keyword, keyword === 'properties' ? named(value) : inner(value)]),
  );
}

/** Names of properties are no keywords. */
function named(properties: unknown): unknown {
  return Object.fromEntries(
    Object.entries(properties as Readonly<Record<string, Schema>>).map(([name, own]) => [
      name,
      stripped(own),
    ]),
  );
}

function inner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inner);
  return typeof value === 'object' && value !== null ? stripped(value as Schema) : value;
}
