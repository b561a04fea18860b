import { resolved, type Schema } from './schema.ts';

/**
 * Returns the name of the field above an unknown one that has lost its entries to the wrong indentation: an empty field
 * that takes entries of any name, such as `ports:` above `http:`. Undefined if there is none.
 */
export function emptiedMap(
  holder: unknown,
  properties: Schema['properties'],
  field: string,
): string | undefined {
  if (!isMap(holder) || properties === undefined || !isMap(holder[field])) return undefined;
  let above: string | undefined;
  let count = 0;
  for (const key in holder) {
    if (key === field) break;
    count += 1;
    // Each unknown field asks: a map of many fields would take time by the square.
    if (count > most) return undefined;
    if (Object.hasOwn(properties, key)) above = key;
  }
  return above !== undefined && holder[above] === null && takesEntries(properties[above]) ? above : undefined;
}

/** The most fields of a map in which the field above is looked for. */
const most = 100;

/** Returns true if the entries of an empty field stand beside it, at the wrong indentation. */
export function isEmptied(holder: unknown, properties: Schema['properties'], field: string): boolean {
  if (!isMap(holder) || properties === undefined) return false;
  return Object.keys(holder).some(
    (key) => !Object.hasOwn(properties, key) && emptiedMap(holder, properties, key) === field,
  );
}

function takesEntries(schema: Schema | boolean | undefined): boolean {
  return typeof schema === 'object' && typeof resolved(schema).additionalProperties === 'object';
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
