import type { Json } from './json.ts';

/**
 * Returns true if two values have the same canonical JSON, without making its text: the order of keys has no effect, and a
 * field with the value `undefined` counts as absent.
 */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) && Array.isArray(other)) return isSameList(one, other);
  if (Array.isArray(one) || Array.isArray(other)) return false;
  const [fields, others] = [one as Fields, other as Fields];
  return isWithin(fields, others) && isWithin(others, fields, true);
}

function isSameList(one: readonly Json[], other: readonly Json[]): boolean {
  return one.length === other.length && one.every((entry, i) => isSameJson(entry, other[i]));
}

type Fields = Readonly<Record<string, Json | undefined>>;

/** Returns true if the other record has each field of the first; `namesOnly` compares no values. */
function isWithin(fields: Fields, others: Fields, namesOnly = false): boolean {
  return Object.keys(fields).every((key) => {
    const own = fields[key];
    if (own === undefined) return true;
    const theirs = Object.hasOwn(others, key) ? others[key] : undefined;
    return theirs !== undefined && (namesOnly || isSameJson(own, theirs));
  });
}
