import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Authentication, Issuer, TokenSource } from '../../ir/authentication.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Request } from '../../semantics/request.ts';

/** The place of a token: a header or a query parameter to add. */
export interface TokenParts {
  readonly headers: readonly (readonly [string, string])[];
  readonly query?: string;
  /** The token itself. */
  readonly text?: string;
  /** True if the application receives the token. */
  readonly forward?: boolean;
}

/** Returns the number of places in which the issuer of a request's token allows it. */
export function tokenPlaces(ir: Ir, request: Request): number {
  return issuerOf(ir, request)?.from.length ?? 1;
}

/**
 * Returns a token with the claims of a request, in the place with number `place` among its issuer's sources. The token
 * is signed (HS256) with the key that the mesh has inline for the issuer; `invalid` is a token of the first
 * issuer with a wrong signature.
 */
export function tokenParts(ir: Ir, request: Request, place: number): TokenParts {
  const { claims = {} } = request;
  const issuer = issuerOf(ir, request);
  const payload = claims === 'invalid' ? { iss: issuer?.issuer, exp: inAges } : { exp: inAges, ...claims };
  const key = claims === 'invalid' ? bytesOf('not the key of anybody') : secretOf(issuer?.jwks);
  const text = signed(payload, key);
  const forward = issuer?.forward ?? true;
  const any = authenticationOf(ir, request)?.issuers[0];
  return { ...placed((issuer ?? any)?.from[place], text), text, forward };
}

function placed(source: TokenSource | undefined, token: string): TokenParts {
  const { type, name, ...rest } = source ?? {
    type: 'header' as const,
    name: 'authorization',
    prefix: 'Bearer ',
  };
  if (type === 'query') return { headers: [], query: `${name}=${token}` };
  if (type === 'cookie') return { headers: [['cookie', `${name}=${token}`]] };
  const prefix = 'prefix' in rest ? rest.prefix.trim() : '';
  return { headers: [[name, prefix === '' ? token : `${prefix} ${token}`]] };
}

function issuerOf(ir: Ir, request: Request): Issuer | undefined {
  const issuers = authenticationOf(ir, request)?.issuers ?? [];
  const { claims = {} } = request;
  return claims === 'invalid' ? issuers[0] : issuers.find((candidate) => candidate.issuer === claims['iss']);
}

function authenticationOf(ir: Ir, { to }: Request): Authentication | undefined {
  return (to.type === 'gateway' ? ir.gateways[to.id] : ir.services[to.id])?.authentication;
}

function secretOf(jwks: { readonly type: string; readonly text?: string } | undefined): Uint8Array {
  if (jwks?.text === undefined) return bytesOf('an issuer that the mesh does not know');
  const { keys } = JSON.parse(jwks.text) as { keys: { k: string }[] };
  return Uint8Array.from(atob((keys[0]?.k ?? '').replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
}

function signed(payload: object, key: Uint8Array): string {
  const part = (value: object): string => base64url(bytesOf(JSON.stringify(value)));
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
  return `${text}.${base64url(hmac(sha256, key, bytesOf(text)))}`;
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The end of every token, in seconds since the epoch: the year 2100. */
const inAges = 4_102_444_800;
