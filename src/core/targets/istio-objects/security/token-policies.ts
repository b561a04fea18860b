import type { TokenSource } from '../../../ir/authentication.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { PolicyCondition } from '../crds/parts.ts';
import { object } from '../object.ts';
import { noToken } from './claim-conditions.ts';
import type { Guarded } from './guarded.ts';
import { beginning, present } from './wildcards.ts';

/**
 * Returns policies that refuse two kinds of requests. If a token is required, they refuse requests without a valid one,
 * which a RequestAuthentication lets pass. They also refuse a bad token in a header of a preflight, since the proxy's
 * check of tokens skips preflights. Their names begin with `token.`, by which proxies recognise them and answer 401
 * (`mesh-requests`).
 */
export function tokenPolicies(guarded: Guarded): readonly ObjectArtifact[] {
  const { authentication, from, namespace, name } = guarded;
  const ports = guarded.ports.filter(({ http }) => http);
  if (authentication === undefined || ports.length === 0) return [];
  const conditions = authentication.required
    ? [[noToken]]
    : authentication.issuers.flatMap((issuer) =>
        issuer.from.flatMap((source) => sent(source).map((token) => [token, noToken])),
      );
  const distinct = [...new Map(conditions.map((when) => [JSON.stringify(when), when])).values()];
  if (distinct.length === 0) return [];
  const all = !guarded.namesPorts && ports.length === guarded.ports.length;
  const operation = { ports: [...new Set(ports.map(({ number }) => String(number)))] };
  return [
    object({
      kind: 'AuthorizationPolicy',
      namespace,
      name: objectName('token', ...name),
      from,
      origins: [authentication.origin],
      spec: {
        ...guarded.target,
        action: 'DENY',
        rules: distinct.map((when) => ({ ...(!all && { to: [{ operation }] }), when })),
      },
    }),
  ];
}

/** Returns the condition that a token was sent in a place, as far as a policy can detect it. */
function sent(source: TokenSource): readonly PolicyCondition[] {
  if (source.type !== 'header') return [];
  const value = source.prefix === '' ? present : beginning(source.prefix);
  return value === undefined ? [] : [{ key: `request.headers[${source.name}]`, values: [value] }];
}
