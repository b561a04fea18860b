import type { AccessCondition } from '../../../ir/access.ts';
import type { Authentication } from '../../../ir/authentication.ts';
import type { Json } from '../../artifact.ts';
import { all, any } from './combine.ts';

/** A condition on tokens as an RBAC permission: one of the valid tokens, as the JWT filter left its payload, fits. */
export function condition({ issuer, claims }: AccessCondition, authentication: Authentication | undefined): Json {
  const fitting = (authentication?.issuers ?? []).filter((known) => issuer === undefined || known.issuer === issuer);
  return any(
    fitting.map(({ name, issuer: iss }) =>
      all([
        claim(name, { path: ['iss'], values: [iss] }),
        ...claims.map((wanted) => claim(name, wanted)),
      ]),
    ),
  );
}

/** A claim that is one of the values or, as a list, contains one. */
function claim(provider: string, { path, values }: AccessCondition['claims'][number]): Json {
  const equal = values.flatMap(equals);
  return {
    metadata: {
      filter: 'envoy.filters.http.jwt_authn',
      path: [provider, ...path].map((key) => ({ key })),
      value: { or_match: { value_matchers: [...equal, ...equal.map((one) => ({ list_match: { one_of: one } }))] } },
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
