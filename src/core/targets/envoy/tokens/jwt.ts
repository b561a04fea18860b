import type { Authentication, Issuer } from '../../../ir/authentication.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Json } from '../../artifact.ts';
import { extension, type Fields } from '../typed-config.ts';
import { claimsToHeaders } from './claim-headers.ts';
import { jwksSource } from './jwks.ts';
import { type TokenPlace, tokenKey, tokenPlaces } from './places.ts';

/**
 * Returns the filters that check tokens (401), one for each place where a token may be: a single filter with several
 * places accepts the request if one of the tokens is valid. Payloads are stored in metadata by issuer and place.
 */
export function jwtFilters(ir: Ir, authentication: Authentication): readonly Fields[] {
  const places = tokenPlaces(authentication);
  return places.map((place) =>
    extension(`tokens ${place.key}`, 'envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication', {
      providers: Object.fromEntries(
        place.issuers.map((issuer) => [issuer.name, provider(ir, issuer, place, places.length)]),
      ),
      rules: [{ match: { prefix: '/' }, requires: validOrMissing(place) }],
    }),
  );
}

/**
 * Returns the requirement that tokens are valid or missing. `allow_missing` finds the provider by the token's issuer
 * and refuses unknown issuers. If two providers have one issuer (for example for two audiences), each is tried first.
 * The list is nested, since directly in a list of alternatives Envoy would let unknown issuers pass; `allow_missing`
 * occurs twice, since Envoy requires two entries.
 */
function validOrMissing({ issuers }: TokenPlace): Json {
  const valid = { allow_missing: {} };
  if (new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length) return valid;
  const nested = { requires_all: { requirements: [valid, valid] } };
  return {
    requires_any: { requirements: [...issuers.map(({ name }) => ({ provider_name: name })), nested] },
  };
}

function provider(ir: Ir, issuer: Issuer, place: TokenPlace, places: number): Fields {
  return {
    issuer: issuer.issuer,
    ...(issuer.audiences.length > 0 && { audiences: issuer.audiences }),
    forward: issuer.forward,
    ...source(place),
    ...(issuer.jwks.type === 'inline'
      ? { local_jwks: { inline_string: issuer.jwks.text } }
      : { remote_jwks: remoteKeys(ir, issuer.jwks.uri) }),
    payload_in_metadata: tokenKey(issuer, place),
    normalize_payload_in_metadata: { space_delimited_claims: ['scope', 'permission'] },
    claim_to_headers: claimsToHeaders(issuer, place, places),
  };
}

function source({ source: from }: TokenPlace): Fields {
  switch (from.type) {
    case 'header':
      return {
        from_headers: [{ name: from.name, ...(from.prefix !== '' && { value_prefix: from.prefix }) }],
      };
    case 'query':
      return { from_params: [from.name] };
    case 'cookie':
      return { from_cookies: [from.name] };
  }
}

/**
 * Returns keys that are fetched when the listener starts and again every five minutes; a request with a token waits for
 * the first fetch.
 */
function remoteKeys(ir: Ir, uri: string): Json {
  return {
    http_uri: { uri, cluster: jwksSource(ir, uri).name, timeout: '5s' },
    cache_duration: '300s',
    async_fetch: { fast_listener: true },
    retry_policy: { num_retries: 3 },
  };
}
