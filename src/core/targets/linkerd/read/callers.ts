import type { Principal } from '../../../spec/types.gen.ts';

/** Callers that an authorization lets in, each contained in no other; an empty list means nobody. */
export type Callers = readonly Exclude<Principal, string>[];

/** Everybody, without an identity, too. */
export const anyone: Callers = [{ anyone: true }];

/** Everybody with an identity. */
export const authenticated: Callers = [{ authenticated: true }];

/** Returns the callers of all lists, without those that another entry contains. */
export function union(...lists: readonly Callers[]): Callers {
  const all = lists.flat();
  return all.filter(
    (own, index) =>
      !all.some((other, at) => at !== index && contains(other, own) && (!contains(own, other) || at < index)),
  );
}

/** Returns the callers that are in both lists. */
export function intersection(one: Callers, other: Callers): Callers {
  return union(
    one.filter((own) => other.some((wide) => contains(wide, own))),
    other.filter((own) => one.some((wide) => contains(wide, own))),
  );
}

/** Returns true if the second list contains every caller of the first. */
export function isWithin(few: Callers, many: Callers): boolean {
  return few.every((own) => many.some((other) => contains(other, own)));
}

function contains(wide: Callers[number], narrow: Callers[number]): boolean {
  if (wide.anyone !== undefined) return true;
  if (narrow.anyone !== undefined) return false;
  if (wide.authenticated !== undefined) return true;
  if (narrow.authenticated !== undefined) return false;
  if (JSON.stringify(wide) === JSON.stringify(narrow)) return true;
  return wide.namespace !== undefined && narrow.serviceAccount?.startsWith(`${wide.namespace}/`) === true;
}
