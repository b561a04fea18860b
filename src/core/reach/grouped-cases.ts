import type { CallerClass } from './callers.ts';
import type { Described } from './describe.ts';
import type { Destination } from './entries.ts';
import type { Entry } from './meaning/request-meaning.ts';

/** A caller at one entry of a destination. */
export interface Case<C extends CallerClass = CallerClass> {
  readonly caller: C;
  readonly entry: Entry;
  /** The position of the entry. */
  readonly position: number;
}

/** Callers that have the same answers at the same entries. */
export interface CaseGroup<C extends CallerClass = CallerClass> {
  /** The first of them. */
  readonly first: Case<C>;
  /** All of them, each at each of its entries. */
  readonly cases: readonly Case<C>[];
  /** The callers, in words. */
  readonly from: readonly string[];
  /** Hosts or server names, if the answers hold for some of them alone. */
  readonly places: ReadonlyMap<string, Described>;
}

/** Returns the cases of a destination: each caller at each entry. */
export function casesOf<C extends CallerClass>(
  { entries }: Destination,
  classes: readonly C[],
): readonly Case<C>[] {
  return entries.flatMap((entry, position) =>
    classes.map((caller) => ({ caller, entry: { ...entry, from: caller.from }, position })),
  );
}

/** Returns cases with the same answers, grouped so that each group is all its callers at all its entries. */
export function groupedCases<C extends CallerClass>(
  { entries }: Destination,
  cases: readonly Case<C>[],
): readonly CaseGroup<C>[] {
  const byEntry = new Map<number, Case<C>[]>();
  for (const one of cases) {
    const known = byEntry.get(one.position);
    if (known === undefined) byEntry.set(one.position, [one]);
    else known.push(one);
  }
  const byCallers = new Map<string, Case<C>[]>();
  for (const own of byEntry.values()) {
    const key = namesOf(own).join('\0');
    byCallers.set(key, [...(byCallers.get(key) ?? []), ...own]);
  }
  return [...byCallers.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const positions = new Set(own.map(({ position }) => position));
    const places = new Map<string, Described>();
    if (positions.size < entries.length) {
      const hosts = own.flatMap(({ entry }) => entry.host ?? []);
      const names = own.flatMap(({ entry }) => (entry.host === undefined ? (entry.sni ?? []) : []));
      if (hosts.length > 0) places.set('the host', [...new Set(hosts)]);
      if (names.length > 0) places.set('the server name', [...new Set(names)]);
    }
    return [{ first, cases: own, from: namesOf(own), places }];
  });
}

function namesOf(cases: readonly Case[]): readonly string[] {
  return [...new Set(cases.map(({ caller }) => caller.name))];
}
