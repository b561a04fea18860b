import type { AccessCondition } from '../../../ir/access.ts';
import type { Authentication } from '../../../ir/authentication.ts';
import type { Json } from '../../artifact.ts';
import { claim } from '../../envoy-filters/rbac/claims.ts';
import { all, any } from '../../envoy-filters/rbac/combine.ts';
import { tokenKey, tokenPlaces } from '../tokens/places.ts';

/**
 * Returns a condition on tokens as an RBAC permission: it holds if the payload of a valid token, which the JWT filters
 * stored, fits.
 */
export function condition(wanted: AccessCondition, authentication: Authentication | undefined): Json {
  const places = authentication === undefined ? [] : tokenPlaces(authentication);
  return any(
    places.flatMap((place) =>
      place.issuers
        .filter(({ issuer }) => wanted.issuer === undefined || wanted.issuer === issuer)
        .map((issuer) => fits(wanted, tokenKey(issuer, place), issuer.issuer)),
    ),
  );
}

/** Returns the permission that the payload under `key` exists, which its issuer proves, and has the claims. */
function fits({ claims }: AccessCondition, key: string, issuer: string): Json {
  return all([
    claim([key, 'iss'], [issuer]),
    ...claims.map(({ path, values }) => claim([key, ...path], values)),
  ]);
}
