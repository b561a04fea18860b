/** The fields of a record that have values. */
export type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Returns a record without the fields that are undefined. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** Returns a list or map, or undefined if it is empty. */
export function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
