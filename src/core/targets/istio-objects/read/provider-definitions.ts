import type { Field } from '../../../import/field.ts';

/** The annotation in which objects list the providers that the mesh config has to define for them. */
const annotation = 'meshwright.dev/needs-providers';

/** The fields of a provider of the mesh config. */
export type ProviderFields = Readonly<Record<string, unknown>>;

/** Returns the providers that the annotation of an object defines, by name. */
export function definitionsOf(root: Field): ReadonlyMap<string, ProviderFields> {
  const { value } = root.along('metadata', 'annotations', annotation);
  const list = typeof value === 'string' ? parsed(value) : undefined;
  if (!Array.isArray(list)) return new Map();
  return new Map(
    list.flatMap((one: unknown) => {
      const definition = providerFields(one);
      const name = definition?.['name'];
      return definition === undefined || typeof name !== 'string' ? [] : [[name, definition] as const];
    }),
  );
}

/** Returns a map; undefined for anything else. */
export function providerFields(value: unknown): ProviderFields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as ProviderFields)
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
