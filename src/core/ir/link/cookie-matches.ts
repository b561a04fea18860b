import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { CookieMatch as WrittenCookie } from '../../spec/types.gen.ts';
import type { HeaderMatch } from '../match.ts';
import { bytePattern } from './byte-pattern.ts';
import { valueMatches } from './conditions.ts';
import { cookiePattern } from './cookie-pattern.ts';
import type { Linking } from './linking.ts';
import { entriesOf, locationOf, originOfWritten } from './spec-place.ts';

export const messages = defineMessages({
  MESH2071: {
    severity: 'error',
    text: 'no cookie has such a value: {reason}',
    explanation:
      'A `;` ends a cookie, and blanks and one pair of double quotes around its value do not count. Write the value without them.',
  },
  MESH2072: {
    severity: 'error',
    text: 'this pattern does not keep within one cookie: {reason}',
    explanation:
      'A regular expression is compared with the value of one cookie and never reaches over the `;` behind it. Write classes without `;`, such as `[^;]`, `[a-z0-9]` or `.`; anchors inside a pattern are not needed.',
  },
});

/** Returns the conditions on cookies, sorted by name, as conditions on the header `cookie`. */
export function cookieMatches(
  linking: Linking,
  written: Readonly<Record<string, WrittenCookie>> | undefined,
): readonly HeaderMatch[] {
  return entriesOf(written).flatMap(([cookie, condition, at]) => {
    check(linking, condition);
    if (condition.not !== undefined) check(linking, condition.not);
    const origin = originOfWritten({ ...at, part: 'key' });
    return valueMatches(condition, withinCookie).map((match) => ({
      origin,
      name: 'cookie',
      cookie,
      ...match,
    }));
  });
}

function withinCookie(pattern: string): string {
  const kept = cookiePattern(pattern);
  return 'pattern' in kept ? kept.pattern : pattern;
}

function check({ report }: Linking, written: WrittenCookie): void {
  for (const key of ['exact', 'prefix', 'suffix', 'contains'] as const) {
    const value = written[key];
    const reason = value === undefined ? undefined : problemOf(value, key);
    if (reason !== undefined)
      report(finding(messages, 'MESH2071', locationOf({ container: written, key }), { reason }));
  }
  if (written.regex === undefined) return;
  const kept = cookiePattern(written.regex);
  // The analyzer `pattern` reports an expression that proxies can't match.
  if (!('problem' in kept) || 'problem' in bytePattern(written.regex)) return;
  const location = locationOf({ container: written, key: 'regex' });
  report(finding(messages, 'MESH2072', location, { reason: kept.problem }));
}

function problemOf(value: string, key: 'exact' | 'prefix' | 'suffix' | 'contains'): string | undefined {
  if (value.includes(';')) return 'a `;` ends a cookie';
  const outside = `${key === 'suffix' ? '' : value.slice(0, 1)}${key === 'prefix' ? '' : value.slice(-1)}`;
  if (/[ \t]/.test(outside)) return 'blanks around a value do not count';
  return outside.includes('"') ? 'double quotes around a value do not count' : undefined;
}
