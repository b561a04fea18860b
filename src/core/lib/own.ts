/**
 * Returns the record's own entry of this name. Names come from requests, so an inherited name such as `constructor`
 * must not count.
 */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
