/** Returns JSON with sorted keys, so that equal data has equal bytes. Keys in `omit` are left out at every depth. */
export function canonicalJson(value: unknown, omit: ReadonlySet<string> = none): string {
  return text(value, omit) ?? 'null';
}

const none: ReadonlySet<string> = new Set();

/** Returns undefined for a value that JSON leaves out. */
function text(value: unknown, omit: ReadonlySet<string>): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    let items = '';
    for (const item of value) items += `${items === '' ? '' : ','}${text(item, omit) ?? 'null'}`;
    return `[${items}]`;
  }
  if (hasOwnJson(value)) return text(value.toJSON(), omit);
  const record = value as Readonly<Record<string, unknown>>;
  let fields = '';
  for (const key of sortedKeys(record)) {
    if (omit.has(key)) continue;
    const part = text(record[key], omit);
    if (part !== undefined) fields += `${fields === '' ? '' : ','}${JSON.stringify(key)}:${part}`;
  }
  return `{${fields}}`;
}

/** Returns true for a date and other objects that say what they are in JSON. */
function hasOwnJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/** Returns the keys in order; whole numbers come first, by their size, as in every object of JavaScript. */
function sortedKeys(record: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = Object.keys(record).sort();
  const isNumbered = keys.some((key) => key.length < 11 && /^\d/.test(key));
  return isNumbered ? Object.keys(Object.fromEntries(keys.map((key) => [key, null]))) : keys;
}
