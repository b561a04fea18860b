import type { Authentication, Issuer } from '../ir/authentication.ts';
import type { Header } from '../ir/route.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { utf8Bytes } from '../lib/utf8-bytes.ts';
import { decision, type Failure, refusal } from './answer.ts';
import { type Claims, claimAt, claimText, claimValues, isWellFormed } from './claims.ts';
import type { Request } from './request.ts';

/** Result of checking tokens. */
export interface TokenCheck {
  readonly failure?: Failure;
  /** The payload of the valid token. */
  readonly token?: Claims;
  /** Headers made from claims of the token. */
  readonly headers: readonly Header[];
  /** Headers that only claims may set: proxies remove the caller's values. */
  readonly reserved: readonly string[];
  /** Claims of the token that the next hop receives. */
  readonly passedOn: Request['claims'];
}

/**
 * Checks row 401: a bad token, or a token of another issuer, is always refused; a missing token only if one is
 * required.
 */
export function checkToken(
  authentication: Authentication | undefined,
  claims: Request['claims'],
): TokenCheck {
  if (authentication === undefined) return { headers: [], reserved: [], passedOn: claims };
  const reserved = claimHeaderNames(authentication);
  if (claims === undefined || authentication.issuers.length === 0) {
    const missing = refused(authentication, 'no token was sent, and one is required', 'a token is required');
    return authentication.required ? missing : { headers: [], reserved, passedOn: claims };
  }
  if (claims === 'invalid' || !isWellFormed(claims))
    return refused(authentication, 'the token is not valid', 'tokens are checked');
  const issuer = authentication.issuers.find((candidate) => isFor(candidate, claims));
  if (issuer === undefined) {
    return refused(authentication, 'the token is of another issuer or audience', 'tokens are checked');
  }
  return {
    token: claims,
    headers: claimHeaders(issuer, claims),
    reserved,
    passedOn: issuer.forward ? claims : undefined,
  };
}

function refused(authentication: Authentication, reason: string, what: string): TokenCheck {
  const failure = refusal(401, reason, [decision(authentication.origin, what)]);
  return { failure, headers: [], reserved: [], passedOn: undefined };
}

function isFor(issuer: Issuer, claims: Claims): boolean {
  if (claimAt(claims, ['iss']) !== issuer.issuer) return false;
  const audiences = claimValues(claims, ['aud']);
  return issuer.audiences.length === 0 || issuer.audiences.some((audience) => audiences.includes(audience));
}

function claimHeaderNames({ issuers }: Authentication): readonly string[] {
  return issuers.flatMap((issuer) => issuer.claimHeaders.map(({ header }) => header));
}

function claimHeaders(issuer: Issuer, claims: Claims): readonly Header[] {
  return issuer.claimHeaders.flatMap(({ header, claim }) => {
    const value = headerText(claimAt(claims, claim.split('.')));
    return value === undefined ? [] : [{ name: header, value }];
  });
}

/** Returns a claim as the value of a header: a list or a map as its JSON in base64, a map with sorted names. */
function headerText(claim: unknown): string | undefined {
  if (typeof claim === 'number') return numberText(claim);
  if (typeof claim !== 'object' || claim === null) return claimText(claim);
  return btoa(utf8Bytes(canonicalJson(claim)));
}

/** The least amount that is too great for the integers of proxies. */
const tooGreat = 2 ** 63;

/** Returns a number as proxies write it: integers of 64 bits in full, other numbers with six digits behind the point. */
function numberText(value: number): string {
  if (!Number.isInteger(value)) return sixDigits(value);
  const whole = String(BigInt(value));
  return Math.abs(value) < tooGreat ? whole : `${whole}.000000`;
}

/** Returns a number with six digits behind the point; of two that are equally near, the one with an even last digit. */
function sixDigits(value: number): string {
  const rounded = value.toFixed(6);
  const last = Number(rounded.slice(-1));
  // Two are equally near to an odd number of 128ths, of which `toFixed` takes the greater amount.
  const isBetween = Math.abs(value * 128) % 2 === 1;
  return isBetween && last % 2 === 1 ? `${rounded.slice(0, -1)}${String(last - 1)}` : rounded;
}
