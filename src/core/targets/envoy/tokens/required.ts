import type { Authentication } from '../../../ir/authentication.ts';
import type { Json } from '../../artifact.ts';
import { extension, type Fields } from '../typed-config.ts';
import { tokenKey, tokenPlaces } from './places.ts';

/** Returns the filter that refuses a request without any token (401, by `tokenReplies`). */
export function requiredTokenFilter(authentication: Authentication): readonly Fields[] {
  if (!authentication.required) return [];
  const present = tokenPlaces(authentication).flatMap((place) =>
    place.issuers.map((issuer) => tokenPresent(tokenKey(issuer, place))),
  );
  const missing = present.length === 0 ? { any: true } : { not_rule: { or_rules: { rules: present } } };
  return [
    extension('token-required', 'envoy.extensions.filters.http.rbac.v3.RBAC', {
      rules: {
        action: 'DENY',
        policies: { [tokenRequired]: { permissions: [missing], principals: [{ any: true }] } },
      },
      rules_stat_prefix: 'token_required',
    }),
  ];
}

/** Name of the policy that refuses requests without a token. */
export const tokenRequired = 'token-required';

function tokenPresent(key: string): Json {
  return {
    sourced_metadata: {
      metadata_matcher: {
        filter: 'envoy.filters.http.jwt_authn',
        path: [{ key }, { key: 'iss' }],
        value: { present_match: true },
      },
    },
  };
}
