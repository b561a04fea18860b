import type { PathMatch } from '../../ir/match.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';
import type { HttpMatch } from './parts.ts';

type PathCondition = Required<NonNullable<HttpMatch['path']>>;

/** The characters of an Exact or PathPrefix value, and its length (`HTTPPathMatch` of the Gateway API). */
const plain = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const longest = 1024;

/**
 * Returns a path condition as a match of a route object. A condition that compares characters, or that the CRD refuses,
 * becomes a pattern.
 */
export function pathCondition({ type, value }: PathMatch): PathCondition {
  switch (type) {
    case 'regex':
      return pattern(value);
    case 'startsWith':
      return pattern(`${quoteRegex(value)}.*`);
    case 'exact':
      return isPlain(value) ? { type: 'Exact', value } : pattern(quoteRegex(value));
    case 'prefix':
      if (value === '') return { type: 'PathPrefix', value: '/' };
      return isPlain(value) ? { type: 'PathPrefix', value } : pattern(`${quoteRegex(value)}(?:/.*)?`);
  }
}

function pattern(value: string): PathCondition {
  return { type: 'RegularExpression', value };
}

function isPlain(value: string): boolean {
  return plain.test(value) && value.length <= longest && !/\/\/|\/\.{1,2}(?:\/|$)|%2f/i.test(value);
}
