/** Returns JSON with sorted keys, so that equal data has equal bytes. Keys in `omit` are left out at every depth. */
export function canonicalJson(value: unknown, omit: ReadonlySet<string> = none): string {
  const whole = value === undefined ? null : value;
  return JSON.stringify(whole, (_key, part: unknown) => (isRecord(part) ? sorted(part, omit) : part));
}

const none: ReadonlySet<string> = new Set();

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(record: Readonly<Record<string, unknown>>, omit: ReadonlySet<string>): unknown {
  const keys = Object.keys(record)
    .filter((key) => !omit.has(key))
    .sort();
  // `fromEntries` keeps a key such as `__proto__`; an assignment would set the prototype.
  return Object.fromEntries(keys.map((key) => [key, record[key]]));
}
