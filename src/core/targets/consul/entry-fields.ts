import type { Json } from '../../lib/json.ts';

/** Fields whose keys are names or free settings, and not Consul's own fields. */
const free: ReadonlySet<string> = new Set(['add', 'set', 'config', 'arguments', 'subsets']);

/** Fields whose spelling in a config entry isn't the capitalised one. */
const spellings: Readonly<Record<string, string>> = { http: 'HTTP', ttl: 'TTL' };

/** Returns the fields of a config entry from the `spec` of its object: the names differ in the case of letters alone. */
export function entryFields(spec: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  // The name of the destination is the name of the entry.
  return Object.fromEntries(
    Object.entries(spec)
      .filter(([key]) => key !== 'destination')
      .map(([key, value]) => [spelled(key), fieldOf(key, value)]),
  );
}

function fieldOf(key: string, value: Json): Json {
  if (!free.has(key)) return inner(value);
  // The keys of subsets are names; their values are fields again.
  return key === 'subsets' && isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([name, subset]) => [name, inner(subset)]))
    : value;
}

function inner(value: Json): Json {
  if (Array.isArray(value)) return value.map(inner);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [spelled(key), fieldOf(key, own)]));
}

function isMap(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function spelled(key: string): string {
  return spellings[key] ?? `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`;
}
