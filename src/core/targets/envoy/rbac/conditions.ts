import type { AccessCondition } from '../../../ir/access.ts';
import type { Authentication } from '../../../ir/authentication.ts';
import type { Json } from '../../artifact.ts';
import { tokenKey, tokenPlaces } from '../tokens/places.ts';
import { all, any } from './combine.ts';

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
    claim(key, { path: ['iss'], values: [issuer] }),
    ...claims.map((wanted) => claim(key, wanted)),
  ]);
}

/** A claim that is one of the values or, as a list, contains one. */
function claim(key: string, { path, values }: AccessCondition['claims'][number]): Json {
  const equal = values.flatMap(equals);
  return {
    sourced_metadata: {
      metadata_matcher: {
        filter: 'envoy.filters.http.jwt_authn',
        path: [key, ...path].map((name) => ({ key: name })),
        value: {
          or_match: { value_matchers: [...equal, ...equal.map((one) => ({ list_match: { one_of: one } }))] },
        },
      },
    },
  };
}

/** A number or a truth value in a token is compared by its text. */
function equals(value: string): readonly Json[] {
  const number = Number(value);
  return [
    { string_match: { exact: value } },
    ...(Number.isFinite(number) && String(number) === value ? [{ double_match: { exact: number } }] : []),
    ...(value === 'true' || value === 'false' ? [{ bool_match: value === 'true' }] : []),
  ];
}
