import { canonicalJson } from '../lib/canonical-json.ts';
import { jsonRecord } from '../lib/json-record.ts';
import type { Json } from '../targets/artifact.ts';

/** An entry of a list before and after, by its positions; an entry that comes or goes has one position. */
export interface EntryPair {
  readonly label: string;
  readonly before?: number;
  readonly after?: number;
}

/**
 * Pairs the entries of two lists: by name (for backends, by service, version and port), then by equal content, then by
 * the most equal fields. Returns the pairs in the order of the list after; entries that go follow.
 */
export function pairedEntries(before: readonly Json[], after: readonly Json[]): readonly EntryPair[] {
  const keys = uniqueKeys(before, after);
  const of = (entry: Json) => keys?.(entry) ?? canonicalJson(entry);
  const left = new Map<string, number[]>();
  before.forEach((entry, i) => {
    const key = of(entry);
    left.set(key, [...(left.get(key) ?? []), i]);
  });
  const partner = after.map((entry) => left.get(of(entry))?.shift());
  if (keys === undefined) pairAlike(before, after, partner);
  const taken = new Set(partner);
  const label = (entry: Json | undefined, i: number) =>
    (entry === undefined ? undefined : keyOf(entry)) ?? String(i + 1);
  return [
    ...after.map((entry, i): EntryPair => {
      const old = partner[i];
      return { label: label(entry, i), after: i, ...(old !== undefined && { before: old }) };
    }),
    ...before.flatMap((entry, i) => (taken.has(i) ? [] : [{ label: label(entry, i), before: i }])),
  ];
}

/** Returns true if the entries that stay have another order. */
export function isReordered(pairs: readonly EntryPair[]): boolean {
  const stay = pairs.flatMap(({ before, after }) =>
    before === undefined || after === undefined ? [] : [before],
  );
  return stay.some((at, i) => i > 0 && at < (stay[i - 1] ?? at));
}

/** Returns the name of an entry; for a backend, its service, version and port. Undefined if it has none. */
export function keyOf(entry: Json): string | undefined {
  const { name, service, version, port } = jsonRecord(entry);
  if (typeof name === 'string') return name;
  const parts = [service, version].filter((part) => typeof part === 'string');
  if (typeof port === 'string' || typeof port === 'number') parts.push(`port ${String(port)}`);
  return parts.length === 0 ? undefined : parts.join(' ');
}

function uniqueKeys(...lists: readonly (readonly Json[])[]): typeof keyOf | undefined {
  const isUnique = lists.every((list) => {
    const names = new Set(list.map(keyOf));
    return !names.has(undefined) && names.size === list.length;
  });
  return isUnique ? keyOf : undefined;
}

/** The most comparisons of entries without a partner; longer lists are paired by position. */
const mostComparisons = 20_000;

/** Pairs what is left by name, then by the number of equal fields. */
function pairAlike(before: readonly Json[], after: readonly Json[], partner: (number | undefined)[]): void {
  const taken = new Set(partner);
  const free = before.flatMap((entry, i) => (taken.has(i) ? [] : [{ entry, i }]));
  const open = after.flatMap((entry, i) => (partner[i] === undefined ? [{ entry, i }] : []));
  if (free.length * open.length > mostComparisons) {
    open.forEach(({ i }, n) => {
      partner[i] = free[n]?.i;
    });
    return;
  }
  const scored = open
    .flatMap((to) => free.map((from) => ({ to: to.i, from: from.i, score: likeness(from.entry, to.entry) })))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || Math.abs(a.to - a.from) - Math.abs(b.to - b.from) || a.to - b.to);
  for (const { to, from } of scored) {
    if (partner[to] !== undefined || taken.has(from)) continue;
    partner[to] = from;
    taken.add(from);
  }
}

/** Returns a number that grows with the fields that two entries share; 0 if they share none. */
function likeness(before: Json, after: Json): number {
  if (isScalar(before) && isScalar(after)) return 1;
  const [was, will] = [jsonRecord(before), jsonRecord(after)];
  if (was['name'] !== will['name']) return 0;
  const shared = Object.keys(will).filter((key) => Object.hasOwn(was, key));
  const equal = shared.filter((key) => canonicalJson(was[key]) === canonicalJson(will[key]));
  return equal.length * 100 + shared.length;
}

function isScalar(value: Json): boolean {
  return typeof value !== 'object' || value === null;
}
