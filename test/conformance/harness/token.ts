import { createHmac } from 'node:crypto';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Authentication, TokenSource } from '../../../src/core/ir/authentication.ts';

/** How a token travels: a header or a query parameter to add. */
export interface TokenParts {
  readonly headers: readonly (readonly [string, string])[];
  readonly query?: string;
}

/**
 * A token with these claims, signed (HS256) with the key that the fixture publishes inline for its issuer, and put where
 * that issuer's first source says; `invalid` is a token of the first issuer with a signature that is not its own.
 */
export function tokenParts(
  ir: Ir,
  target: string,
  claims: Readonly<Record<string, unknown>> | 'invalid',
): TokenParts {
  const authentication: Authentication | undefined = (ir.services[target] ?? ir.gateways[target])
    ?.authentication;
  const issuers = authentication?.issuers ?? [];
  const issuer =
    claims === 'invalid' ? issuers[0] : issuers.find((candidate) => candidate.issuer === claims['iss']);
  const payload =
    claims === 'invalid' ? { iss: issuer?.issuer, exp: inAnHour() } : { exp: inAnHour(), ...claims };
  const key = claims === 'invalid' ? Buffer.from('not the key of anybody') : secretOf(issuer?.jwks);
  const source: TokenSource = issuer?.from[0] ?? { type: 'header', name: 'authorization', prefix: 'Bearer ' };
  const token = signed(payload, key);
  if (source.type === 'query') return { headers: [], query: `${source.name}=${token}` };
  if (source.type === 'cookie') return { headers: [['cookie', `${source.name}=${token}`]] };
  return {
    headers: [
      [source.name, `${source.prefix}${source.prefix && !source.prefix.endsWith(' ') ? ' ' : ''}${token}`],
    ],
  };
}

function secretOf(jwks: { readonly type: string; readonly text?: string } | undefined): Buffer {
  if (jwks?.text === undefined) return Buffer.from('an issuer that the mesh does not know');
  const { keys } = JSON.parse(jwks.text) as { keys: { k: string }[] };
  return Buffer.from(keys[0]?.k ?? '', 'base64url');
}

function signed(payload: object, key: Buffer): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

function inAnHour(): number {
  return Math.floor(Date.now() / 1000) + 3600;
}
