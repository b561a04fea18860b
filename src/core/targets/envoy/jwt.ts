import type { Authentication, Issuer, TokenSource } from '../../ir/authentication.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Json } from '../artifact.ts';
import { jwksCluster } from './jwks.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * The filter that checks tokens (401): each one in the request, whichever place it is in, must be valid for the issuer
 * that it names. Payloads go to the filter's metadata, by the issuer's name in the spec.
 */
export function jwtFilter(ir: Ir, { issuers, required }: Authentication): readonly Json[] {
  if (issuers.length === 0) return [];
  const valid = { allow_missing: {} };
  const present = { requires_any: { requirements: issuers.map(({ name }) => ({ provider_name: name })) } };
  return [
    extension('envoy.filters.http.jwt_authn', 'envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication', {
      providers: Object.fromEntries(issuers.map((issuer) => [issuer.name, provider(ir, issuer)])),
      rules: [
        {
          match: { prefix: '/' },
          requires: required ? { requires_all: { requirements: [valid, present] } } : valid,
        },
      ],
    }),
  ];
}

function provider(ir: Ir, issuer: Issuer): Fields {
  return {
    issuer: issuer.issuer,
    ...(issuer.audiences.length > 0 && { audiences: issuer.audiences }),
    forward: issuer.forward,
    ...sources(issuer.from),
    ...(issuer.jwks.type === 'inline'
      ? { local_jwks: { inline_string: issuer.jwks.text } }
      : { remote_jwks: remoteKeys(ir, issuer.jwks.uri) }),
    payload_in_metadata: issuer.name,
    normalize_payload_in_metadata: { space_delimited_claims: ['scope', 'permission'] },
    claim_to_headers: issuer.claimHeaders.map(({ header, claim }) => ({ header_name: header, claim_name: claim })),
  };
}

function sources(from: readonly TokenSource[]): Fields {
  const headers = from.filter((source) => source.type === 'header');
  const params = from.filter((source) => source.type === 'query').map(({ name }) => name);
  const cookies = from.filter((source) => source.type === 'cookie').map(({ name }) => name);
  return {
    ...(headers.length > 0 && {
      from_headers: headers.map(({ name, prefix }) => ({ name, ...(prefix !== '' && { value_prefix: prefix }) })),
    }),
    ...(params.length > 0 && { from_params: params }),
    ...(cookies.length > 0 && { from_cookies: cookies }),
  };
}

/** Keys are fetched when the listener starts and again every five minutes; until then tokens are refused. */
function remoteKeys(ir: Ir, uri: string): Json {
  return {
    http_uri: { uri, cluster: jwksCluster(ir, uri).name, timeout: '5s' },
    cache_duration: '300s',
    async_fetch: { fast_listener: false },
    retry_policy: { num_retries: 3 },
  };
}
