import type { Issuer, TokenSource } from '../../../ir/authentication.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { JwtRule } from '../crds/parts.ts';
import { object } from '../object.ts';
import type { Guarded } from './guarded.ts';

/**
 * Returns the check of tokens: a bad token, or one of an unlisted issuer, is refused with 401. The places of tokens are
 * always written, since Istio by default also reads the query parameter `access_token`.
 */
export function requestAuthentications(guarded: Guarded): readonly ObjectArtifact[] {
  const { authentication, from, namespace, name } = guarded;
  if (authentication === undefined || authentication.issuers.length === 0) return [];
  return [
    object({
      kind: 'RequestAuthentication',
      namespace,
      name: objectName(...name),
      from,
      origins: authentication.issuers.map(({ origin }) => origin),
      spec: { ...guarded.target, jwtRules: authentication.issuers.map(jwtRule) },
    }),
  ];
}

function jwtRule(issuer: Issuer): JwtRule {
  const { audiences, jwks, from, forward, claimHeaders } = issuer;
  return {
    issuer: issuer.issuer,
    ...(audiences.length > 0 && { audiences }),
    ...(jwks.type === 'inline' ? { jwks: jwks.text } : { jwksUri: jwks.uri }),
    ...sources(from),
    forwardOriginalToken: forward,
    ...(claimHeaders.length > 0 && {
      outputClaimToHeaders: claimHeaders.map(({ header, claim }) => ({ header, claim })),
    }),
  };
}

function sources(from: readonly TokenSource[]): Pick<JwtRule, 'fromHeaders' | 'fromParams' | 'fromCookies'> {
  const headers = from.flatMap((source) => (source.type === 'header' ? [source] : []));
  const params = from.flatMap((source) => (source.type === 'query' ? [source.name] : []));
  const cookies = from.flatMap((source) => (source.type === 'cookie' ? [source.name] : []));
  return {
    ...(headers.length > 0 && {
      fromHeaders: headers.map(({ name, prefix }) => ({ name, ...(prefix !== '' && { prefix }) })),
    }),
    ...(params.length > 0 && { fromParams: params }),
    ...(cookies.length > 0 && { fromCookies: cookies }),
  };
}
