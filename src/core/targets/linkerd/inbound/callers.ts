import type { CallerMatch } from '../../../ir/access.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import type { MtlsMode } from '../../../ir/service.ts';

/**
 * Callers that an authentication of Linkerd can name, in a fixed order. No entry contains another one; an empty list
 * means nobody.
 */
export type Callers = readonly PrincipalMatch[];

/** The remaining callers; `isExact` is false if more callers than the denied ones had to be removed. */
export interface Remaining {
  readonly callers: Callers;
  readonly isExact: boolean;
}

/**
 * Returns the callers of a list for the mTLS of a port: with strict mTLS everybody has an identity, without mTLS nobody
 * has. Callers inside the mesh have no addresses.
 */
export function seenBy(mode: MtlsMode, from: readonly CallerMatch[] | undefined): Callers {
  const all = (from ?? [{ type: 'anyone' }]).flatMap((match): readonly PrincipalMatch[] => {
    if (match.type === 'address') return [];
    if (match.type === 'anyone') return mode === 'strict' ? [{ type: 'authenticated' }] : [match];
    return mode === 'disabled' ? [] : [match];
  });
  return joined(all);
}

/** Returns the callers of several lists, each once. */
export function joined(all: readonly PrincipalMatch[]): Callers {
  const kept = all.filter(
    (own, index) =>
      !all.some((other, at) => at !== index && covers(other, own) && (!covers(own, other) || at < index)),
  );
  return kept.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/**
 * Returns the callers of a list without those in `denied`, except those in `excepted`. If only a part of an entry is
 * denied, its other `known` accounts stay.
 */
export function without(callers: Callers, denied: Callers, excepted: Callers, known: Callers): Remaining {
  let isExact = true;
  const isDenied = (own: PrincipalMatch): boolean =>
    denied.some((other) => overlaps(other, own)) && !excepted.some((other) => covers(other, own));
  const kept = callers.flatMap((own): Callers => {
    if (!isDenied(own)) return [own];
    if (denied.some((other) => covers(other, own)) && !excepted.some((other) => overlaps(other, own)))
      return [];
    isExact = false;
    return known.filter((account) => covers(own, account) && !isDenied(account));
  });
  return { callers: joined(kept), isExact };
}

/** Returns true if the second list contains every caller of the first list. */
export function isWithin(few: Callers, many: Callers): boolean {
  return few.every((own) => many.some((other) => covers(other, own)));
}

/** Returns true if the first entry contains every caller of the second entry. */
function covers(wide: PrincipalMatch, narrow: PrincipalMatch): boolean {
  if (wide.type === 'anyone') return true;
  if (narrow.type === 'anyone') return false;
  if (wide.type === 'authenticated') return true;
  if (narrow.type === 'authenticated') return false;
  if (wide.type === narrow.type) return keyOf(wide) === keyOf(narrow);
  return wide.type === 'namespace' && narrow.type === 'spiffe' && isOf(narrow.id, wide);
}

function overlaps(one: PrincipalMatch, other: PrincipalMatch): boolean {
  return covers(one, other) || covers(other, one);
}

function isOf(
  id: string,
  { trustDomain, namespace }: Extract<PrincipalMatch, { type: 'namespace' }>,
): boolean {
  const prefix = `spiffe://${trustDomain}/ns/${namespace}/sa/`;
  return id.startsWith(prefix) && id.length > prefix.length && !id.slice(prefix.length).includes('/');
}

function keyOf(match: PrincipalMatch): string {
  switch (match.type) {
    case 'spiffe':
      return `spiffe ${match.id}`;
    case 'namespace':
      return `namespace ${match.trustDomain} ${match.namespace}`;
    case 'authenticated':
    case 'anyone':
      return match.type;
  }
}
