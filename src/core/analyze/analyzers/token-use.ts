import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Access } from '../../ir/access.ts';
import type { Authentication, Issuer } from '../../ir/authentication.ts';
import { formatOrigin } from '../../location.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2214: {
    severity: 'warning',
    text: 'the keys of {issuer} are fetched in plain text: whoever sits on the way can make valid tokens',
    explanation:
      'A key set decides which tokens are valid. Fetched over `http:`, it is what anybody on the network makes of it. Use an `https:` address, or put the keys into the spec with `jwks: {inline: …}`.',
  },
  MESH2216: {
    severity: 'warning',
    text: 'the token of {issuer} is checked and then dropped: no Access asks for it, and the application never sees it',
    explanation:
      'Without `required` a request without a token passes. This token is asked for by no Access (`when`), becomes no header (`claimHeaders`), and isn’t passed on (`forward: false`). Set `required: true`, or let an Access ask for it.',
  },
});

/** Reports keys that come in plain text, and tokens that decide nothing. */
export const tokenUse: Analyzer = {
  name: 'token-use',
  description: 'Reports key sets that are fetched without TLS, and tokens that are checked for nothing.',
  messages,
  analyze({ ir }, report) {
    const plain = new Map<string, Issuer>();
    const unused = new Map<string, Issuer | undefined>();
    for (const { authentication, access } of [...Object.values(ir.services), ...Object.values(ir.gateways)]) {
      for (const issuer of authentication?.issuers ?? []) {
        const key = formatOrigin(issuer.origin);
        if (issuer.jwks.type === 'uri' && issuer.jwks.uri.startsWith('http:')) plain.set(key, issuer);
        const isUsed = authentication === undefined || decides(authentication, issuer, access);
        if (isUsed || !unused.has(key)) unused.set(key, isUsed ? undefined : issuer);
      }
    }
    for (const { name, origin } of plain.values())
      report(finding(messages, 'MESH2214', pointAt(origin), { issuer: name }));
    for (const issuer of unused.values())
      if (issuer !== undefined)
        report(finding(messages, 'MESH2216', pointAt(issuer.origin), { issuer: issuer.name }));
  },
};

function decides(
  { required, externalAuthorization }: Authentication,
  { forward, claimHeaders }: Issuer,
  { allow, deny }: Access,
): boolean {
  const isAsked = [...allow, ...deny].some(({ when }) => when !== undefined);
  return required || forward || claimHeaders.length > 0 || isAsked || externalAuthorization !== undefined;
}
