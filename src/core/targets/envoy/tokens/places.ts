import type { Authentication, Issuer, TokenSource } from '../../../ir/authentication.ts';

/** A place in a request where tokens of some issuers are looked for. */
export interface TokenPlace {
  /** Identifies the place. */
  readonly key: string;
  /** Position among the places, from 0. */
  readonly index: number;
  readonly source: TokenSource;
  readonly issuers: readonly Issuer[];
}

/** Returns every place where a token may be, sorted by key. */
export function tokenPlaces({ issuers }: Authentication): readonly TokenPlace[] {
  const places = new Map<
    string,
    { readonly key: string; readonly source: TokenSource; readonly issuers: Issuer[] }
  >();
  for (const issuer of issuers) {
    for (const source of issuer.from) {
      const key = placeKey(source);
      const place = places.get(key) ?? { key, source, issuers: [] };
      if (!place.issuers.includes(issuer)) place.issuers.push(issuer);
      places.set(key, place);
    }
  }
  return [...places.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((place, index) => ({ ...place, index }));
}

/** Returns the key under which the payload of an issuer's token from this place is stored. */
export function tokenKey(issuer: Issuer, place: TokenPlace): string {
  return `${issuer.name} ${place.key}`;
}

function placeKey(source: TokenSource): string {
  return source.type === 'header'
    ? `header ${source.name} ${source.prefix}`.trimEnd()
    : `${source.type} ${source.name}`;
}
