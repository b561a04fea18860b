import type { StringMatch } from '../../ir/match.ts';
import { quoteRegex } from '../../lib/quote-regex.ts';
import { cookieValuePattern } from '../../semantics/cookies.ts';

/**
 * Returns an RE2 pattern for a whole line of the header `cookie` in which a cookie of this name fits. For `present` it
 * matches if there is any such cookie, also for `present: false`, whose opposite it is. Proxies join lines with `; `
 * (RFC 9113, 8.2.3), so the pattern works for joined lines, too.
 */
export function cookieLinePattern(name: string, match: StringMatch): string {
  const start = `(?:.*;)?[ \\t]*${quoteRegex(name)}[ \\t]*=`;
  if (match.type === 'present') return `${start}.*`;
  return `${start}${cookieValuePattern(valuePattern(match))}(?:;.*)?`;
}

function valuePattern({ type, value }: Exclude<StringMatch, { readonly type: 'present' }>): string {
  switch (type) {
    case 'exact':
      return quoteRegex(value);
    case 'prefix':
      return `${quoteRegex(value)}[^;]*`;
    case 'suffix':
      return `[^;]*${quoteRegex(value)}`;
    case 'contains':
      return `[^;]*${quoteRegex(value)}[^;]*`;
    case 'regex':
      return value;
  }
}
