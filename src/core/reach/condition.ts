import type { StringMatch } from '../ir/match.ts';
import type { PathTest } from './language/path-test.ts';

/** A question about one variable of a request, which the values of that variable answer. */
export type Test =
  | { readonly of: 'method'; readonly methods: readonly string[] }
  | { readonly of: 'header' | 'cookie' | 'query'; readonly name: string; readonly match: StringMatch }
  /** The token: absent, invalid, or one of an issuer (`iss`). */
  | { readonly of: 'token'; readonly is: 'none' | 'invalid' }
  | { readonly of: 'token'; readonly is: 'issuer'; readonly issuer: string }
  | { readonly of: 'claim'; readonly path: readonly string[]; readonly values: readonly string[] }
  | { readonly of: 'address'; readonly range: string }
  | { readonly of: 'address-known' }
  | { readonly of: 'https' }
  | { readonly of: 'unsafe' }
  | { readonly of: 'path'; readonly test: PathTest };

/** A condition on a request. */
export type Condition =
  | boolean
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Test;

/** Returns the conjunction; constants disappear. */
export function all(parts: readonly Condition[]): Condition {
  if (parts.includes(false)) return false;
  const rest = parts.filter((part) => part !== true);
  return rest.length === 1 && rest[0] !== undefined ? rest[0] : rest.length === 0 || { all: rest };
}

/** Returns the disjunction; constants disappear. */
export function any(parts: readonly Condition[]): Condition {
  if (parts.includes(true)) return true;
  const rest = parts.filter((part) => part !== false);
  if (rest.length === 0) return false;
  return rest.length === 1 && rest[0] !== undefined ? rest[0] : { any: rest };
}

/** Returns the opposite. */
export function not(part: Condition): Condition {
  return typeof part === 'boolean' ? !part : { not: part };
}
