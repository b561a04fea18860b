/** The record's own entry of this name: names come from requests, so an inherited one (`constructor`) is none. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
