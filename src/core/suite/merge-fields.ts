/** The fields of a request as a document writes them; `null` is a field that was left out on purpose. */
export type WrittenFields = Readonly<Record<string, unknown>>;

/**
 * Returns the fields of `base` with those of `over` above them. Headers and claims are merged by name; upper and lower
 * case of a header are the same name. A destination replaces a destination of the other kind, and a path replaces the
 * path with its query.
 */
export function mergeFields(base: WrittenFields, over: WrittenFields): WrittenFields {
  const replaced = new Set(replacements.flatMap(([field, name]) => (isGiven(over[field]) ? [name] : [])));
  const merged: Record<string, unknown> = Object.fromEntries(
    Object.entries(base).filter(([name]) => !replaced.has(name)),
  );
  for (const [name, value] of Object.entries(over)) {
    const before = merged[name];
    const areMaps = isMap(before) && isMap(value);
    merged[name] = areMaps ? { ...(name === 'headers' ? without(before, value) : before), ...value } : value;
  }
  return merged;
}

/** Fields, each with the field of the defaults that it replaces. */
const replacements: readonly (readonly [string, string])[] = [
  ['to', 'gateway'],
  ['gateway', 'to'],
  ['path', 'query'],
];

/** Returns the headers whose name no header of `over` has, in whichever case. */
function without(headers: WrittenFields, over: WrittenFields): WrittenFields {
  const names = new Set(Object.keys(over).map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase())));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isMap(value: unknown): value is WrittenFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
