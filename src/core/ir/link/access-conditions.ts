import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { AccessWhen, ClaimCondition } from '../../spec/types.gen.ts';
import type { AccessCondition } from '../access.ts';
import type { Authentication } from '../authentication.ts';
import type { Linking } from './linking.ts';
import { entriesOf, locationOf, originOfWritten, type SpecPlace } from './spec-place.ts';
import { suggestion } from './suggestion.ts';

export const messages = defineMessages({
  MESH2092: {
    severity: 'error',
    text: 'no Authentication that holds here has an issuer {name}{hint}',
    explanation:
      '`jwt.issuer` is the name of an issuer in an Authentication for the same service or gateway. Declare it there, or correct the name.',
  },
  MESH2093: {
    severity: 'error',
    text: 'no Authentication holds here, so no token is ever valid',
    explanation:
      'A condition on a token holds for tokens that an Authentication for the same service or gateway has checked. Without one an allow lets nobody in, and a deny keeps nobody out.',
  },
});

/**
 * Returns the conditions of an Access rule on the token; `authentications` are in force at the guarded service or
 * gateway.
 */
export function accessCondition(
  linking: Linking,
  authentications: readonly Authentication[],
  { jwt }: AccessWhen,
  at: SpecPlace,
): AccessCondition | undefined {
  const issuers = authentications.flatMap((authentication) => authentication.issuers);
  if (issuers.length === 0) {
    linking.report(finding(messages, 'MESH2093', locationOf(at), {}));
    return undefined;
  }
  const claims = claimsOf(jwt.claims ?? {}, []);
  if (jwt.issuer === undefined) return { origin: originOfWritten(at), claims };
  const name = jwt.issuer;
  const issuer = issuers.find((candidate) => candidate.name === name);
  if (issuer !== undefined) return { origin: originOfWritten(at), issuer: issuer.issuer, claims };
  const mistaken = { name, container: jwt, key: 'issuer' };
  const { hint, details } = suggestion(
    linking.report,
    mistaken,
    name,
    [...new Set(issuers.map((known) => known.name))].sort(),
  );
  linking.report(finding(messages, 'MESH2092', locationOf(mistaken), { name, hint }, details));
  return undefined;
}

function claimsOf(
  written: ClaimCondition | Readonly<Record<string, ClaimCondition>>,
  path: readonly string[],
): AccessCondition['claims'] {
  if (isList(written)) return [{ path, values: written.map(String) }];
  return entriesOf(written).flatMap(([key, inner]) => claimsOf(inner, [...path, key]));
}

function isList(written: ClaimCondition): written is readonly (string | number | boolean)[] {
  return Array.isArray(written);
}
