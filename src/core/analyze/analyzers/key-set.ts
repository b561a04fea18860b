import { defineMessages, finding } from '../../diagnostics/message.ts';
import { entriesOf, locationOf } from '../../ir/link/spec-place.ts';
import type { Analyzer } from '../analyzer.ts';
import { keySetProblem } from '../key-set-problem.ts';

const messages = defineMessages({
  MESH2268: {
    severity: 'error',
    text: 'no token can be checked with this key set: {reason}',
    explanation:
      '`jwks.inline` is a JWK set (RFC 7517), `{"keys": [{"kty": "RSA", "n": …, "e": "AQAB"}]}`, with the public keys of the issuer. Proxies refuse their whole configuration for a set without a key that they can use.',
  },
});

/** Reports texts that aren't key sets, and key sets without a key that proxies can use. */
export const keySet: Analyzer = {
  name: 'key-set',
  description: 'Reports inline key sets by which no token can be checked.',
  messages,
  analyze({ spec }, report) {
    for (const { value } of spec.authentications)
      for (const [, { jwks }] of entriesOf(value.spec.issuers)) {
        const reason = jwks.inline === undefined ? undefined : keySetProblem(jwks.inline);
        if (reason !== undefined)
          report(finding(messages, 'MESH2268', locationOf({ container: jwks, key: 'inline' }), { reason }));
      }
  },
};
