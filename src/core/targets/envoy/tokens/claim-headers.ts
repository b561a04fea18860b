import type { Authentication, Issuer } from '../../../ir/authentication.ts';
import type { Json } from '../../artifact.ts';
import { extension, type Fields } from '../typed-config.ts';
import { type TokenPlace, tokenPlaces } from './places.ts';

/**
 * Returns the `claim_to_headers` of a provider. Each JWT filter removes the headers that it may set. If tokens may be
 * in several places, each place therefore has separate headers, which `claimHeadersFilter` joins.
 */
export function claimsToHeaders(
  { claimHeaders }: Issuer,
  place: TokenPlace,
  places: number,
): readonly Json[] {
  return claimHeaders.map(({ header, claim }) => ({
    header_name: places > 1 ? ownHeader(header, place) : header,
    claim_name: claim,
  }));
}

/** Returns the filter that sets the headers of the spec from the claims of tokens in several places. */
export function claimHeadersFilter(authentication: Authentication): readonly Fields[] {
  const places = tokenPlaces(authentication);
  const own = places.flatMap((place) =>
    [...new Set(place.issuers.flatMap(({ claimHeaders }) => claimHeaders.map(({ header }) => header)))].map(
      (header) => ({
        header,
        from: ownHeader(header, place),
      }),
    ),
  );
  if (places.length < 2 || own.length === 0) return [];
  return [
    extension('tokens claims', 'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation', {
      mutations: {
        request_mutations: own.flatMap(({ header, from }) => [
          { append: { header: { key: header, value: `%REQ(${from})%` }, append_action: 'ADD_IF_ABSENT' } },
          { remove: from },
        ]),
      },
    }),
  ];
}

function ownHeader(header: string, { index }: TokenPlace): string {
  return `${header}-mesh-token-${String(index)}`;
}
