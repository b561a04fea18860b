import type { AccessCondition } from '../../../ir/access.ts';
import type { Authentication } from '../../../ir/authentication.ts';
import type { Json } from '../../artifact.ts';
import { claim } from '../../envoy-filters/rbac/claims.ts';
import { all, any } from '../../envoy-filters/rbac/combine.ts';
import { tokenKey, tokenPlaces } from '../tokens/places.ts';

/** A condition on tokens as an RBAC permission: one of the valid tokens, as the JWT filters left its payload, fits. */
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

/** The payload under `key` is there, which its issuer shows, and has the claims. */
function fits({ claims }: AccessCondition, key: string, issuer: string): Json {
  return all([
    claim([key, 'iss'], [issuer]),
    ...claims.map(({ path, values }) => claim([key, ...path], values)),
  ]);
}
