import { ownedHeader } from '../ir/owned-header.ts';
import { compilePattern } from '../lib/compile-pattern.ts';

/** Returns true for a path that the language takes in a match. */
export function isPath(text: string): boolean {
  return /^\/[^?#\s\0-\x1f\x7f]*$/.test(text);
}

/** Returns true for a host, or `*.` and a host, that the language takes; hosts have no port. */
export function isHostPattern(text: string): boolean {
  return (
    text.length <= 253 &&
    /^(?:\*\.)?[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$/.test(text)
  );
}

/** Returns true for a regular expression of RE2 that a proxy can hold. */
export function isPattern(text: string): boolean {
  try {
    compilePattern(text);
    return !hasControl(text);
  } catch {
    return false;
  }
}

/** Returns true for the name of a header that rules can match: proxies own some headers and rewrite them. */
export function isMatchableHeader(name: string): boolean {
  return isToken(name) && ownedHeader(name) === undefined;
}

/** Returns true for the name of a header that a Route can set, add and remove. */
export function isChangeableHeader(name: string): boolean {
  return isToken(name) && (ownedHeader(name)?.changeable ?? true);
}

/** Returns true for a value that a Route can give a header, or a match can compare. */
export function isHeaderValue(value: string): boolean {
  return !hasControl(value);
}

/** Returns true for a token of RFC 9110: a method, or the name of a header. */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

function hasControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  return /[\0-\x1f\x7f]/.test(text);
}
