import { jsonRecord } from '../lib/json-record.ts';
import type { Json } from '../targets/artifact.ts';
import type { FieldChange } from './plan.ts';

/**
 * Returns the fields in which two values differ, in the order of their paths. Lists are compared by the keys of their
 * entries if all entries have the same kind of key, otherwise by position.
 */
export function fieldChanges(
  before: Json | undefined,
  after: Json | undefined,
  path = '',
): readonly FieldChange[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after))
    return listChanges(before as readonly Json[], after as readonly Json[], path);
  if (isObject(before) && isObject(after)) return objectChanges(before, after, path);
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

type Fields = Readonly<Record<string, Json | undefined>>;

function isObject(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectChanges(before: Fields, after: Fields, path: string): readonly FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) =>
    fieldChanges(own(before, key), own(after, key), path === '' ? step(key) : `${path}.${step(key)}`),
  );
}

function listChanges(before: readonly Json[], after: readonly Json[], path: string): readonly FieldChange[] {
  const key = keys.find((one) => [...before, ...after].every((entry) => one(entry) !== undefined));
  const [was, will] = [key && keyed(before, key), key && keyed(after, key)];
  if (was && will) {
    const names = [...new Set([...was.keys(), ...will.keys()])];
    const moved = order(was, will);
    const changes = names.flatMap((name) => fieldChanges(was.get(name), will.get(name), `${path}[${name}]`));
    return moved ? [...changes, moved(path)] : changes;
  }
  return Array.from({ length: Math.max(before.length, after.length) }, (_, i) => i).flatMap((i) =>
    fieldChanges(before[i], after[i], `${path}[${i}]`),
  );
}

type Key = (entry: Json) => string | undefined;

/** The possible keys of a list entry: its name, the number of a port, an address, or the text itself. */
const keys: readonly Key[] = [
  ...['name', 'number', 'address'].map(
    (field): Key =>
      (entry) => {
        const value = jsonRecord(entry)[field];
        return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
      },
  ),
  (entry) => (typeof entry === 'string' ? entry : undefined),
];

/** Returns entries by their key; a second entry of a key is `key (2)`. */
function keyed(list: readonly Json[], keyOf: Key): ReadonlyMap<string, Json> {
  const map = new Map<string, Json>();
  for (const entry of list) {
    const name = keyOf(entry) ?? '';
    let key = name;
    for (let n = 2; map.has(key); n += 1) key = `${name} (${String(n)})`;
    map.set(key, entry);
  }
  return map;
}

/** Order matters in lists of filters and routes, so a moved entry is a change. */
function order(
  was: ReadonlyMap<string, Json>,
  will: ReadonlyMap<string, Json>,
): ((path: string) => FieldChange) | undefined {
  const before = [...was.keys()].filter((key) => will.has(key));
  const after = [...will.keys()].filter((key) => was.has(key));
  if (before.every((key, i) => key === after[i])) return undefined;
  return (path) => ({ path: `${path} (order)`, before, after });
}

function own(fields: Fields, key: string): Json | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function step(key: string): string {
  return /^[A-Za-z_@][\w@-]*$/.test(key) ? key : JSON.stringify(key);
}
