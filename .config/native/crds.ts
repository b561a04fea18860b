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
      readonly schema?: { readonly openAPIV3Schema: Schema };
    }[];
    /** The one schema of all versions, in a CRD of `apiextensions.k8s.io/v1beta1`. */
    readonly validation?: { readonly openAPIV3Schema: Schema };
  };
}

/** Returns the structural schemas of the asked kinds in files of CRDs; throws if the files lack a kind. */
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
    ({ name, schema = spec.validation }) =>
      [`${spec.group}/${name} ${spec.names.kind}`, schema?.openAPIV3Schema ?? withoutFields] as const,
  );
}

/** The schema of a kind whose CRD has none. */
const withoutFields: Schema = { type: 'object', properties: { spec: { type: 'object' } } };

/** Keywords that are text for people. */
const texts: ReadonlySet<string> = new Set(['description', 'example', 'title']);

/** Returns the schema without texts and without the status. */
function structural({ properties, ...schema }: Schema): Schema {
  const { spec } = properties as Readonly<Record<string, Schema>>;
  const made = stripped(spec ?? {});
  return { ...stripped(schema), properties: { spec: 'type' in made ? made : { ...made, type: 'object' } } };
}

function stripped(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !texts.has(keyword))
      .map(([keyword, value]) => [keyword, kept(keyword, value)]),
  );
}

function kept(keyword: string, value: unknown): unknown {
  if (keyword === 'properties') return named(value);
  if (keyword === 'default') return value;
  return keyword === 'x-kubernetes-validations' ? rulesOf(value as readonly Schema[]) : inner(value);
}

/** Returns the CEL rules that an API server evaluates, without their messages. */
function rulesOf(validations: readonly Schema[]): readonly Schema[] {
  return validations.map(({ rule, optionalOldSelf }) => ({
    rule,
    ...(optionalOldSelf !== undefined && { optionalOldSelf }),
  }));
}

/** Strips the schema of each property; the names of properties aren't keywords, so none of them is dropped. */
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
