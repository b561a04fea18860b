import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { bytePattern } from '../../ir/link/byte-pattern.ts';
import { locationOf } from '../../ir/link/spec-place.ts';
import { writtenPaths, writtenValues } from '../../ir/link/written-matches.ts';
import { compilePattern } from '../../lib/compile-pattern.ts';
import { quoted } from '../../lib/quoted.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2200: {
    severity: 'error',
    text: 'this is not a regular expression of RE2: {reason}',
    explanation:
      'Patterns are RE2 (github.com/google/re2/wiki/Syntax) and match the whole value. RE2 has no look-arounds and no back-references, so that matching takes linear time.',
  },
  MESH2310: {
    severity: 'error',
    text: 'proxies can not match this regular expression: {reason}',
    explanation:
      'Proxies match regular expressions on the bytes of UTF-8, in which a character beyond ASCII has two to four. `.`, negated classes, `\\D`, `\\S` and `\\W` take one byte each. Characters in an expression count as whole characters: `é+`, `[à-ï]`, `\\x{e9}` and `(?i)é` mean what they look like. Classes that need whole characters are not possible: write `[à-ÿ]` instead of `\\p{L}`, and `not: {contains: é}` beside the match instead of `[^é]`.',
  },
});

/** Reports regular expressions that RE2 or a proxy rejects. */
export const pattern: Analyzer = {
  name: 'pattern',
  description: 'Reports regular expressions that RE2 or a proxy does not take.',
  messages,
  analyze({ spec }, report) {
    const known = new Map<string, string | undefined>();
    for (const path of writtenPaths(spec)) check(path, known, report);
    for (const value of writtenValues(spec)) check(value, known, report);
  },
};

/** Checks one expression; `known` holds the results of earlier checks. */
function check(
  container: { readonly regex?: string },
  known: Map<string, string | undefined>,
  report: Report,
): void {
  const { regex } = container;
  if (regex === undefined) return;
  if (!known.has(regex)) known.set(regex, problemOf(regex));
  const reason = known.get(regex);
  const location = locationOf({ container, key: 'regex' });
  if (reason !== undefined) {
    report(finding(messages, 'MESH2200', location, { reason }));
    return;
  }
  const bytes = bytePattern(regex);
  if ('problem' in bytes) report(finding(messages, 'MESH2310', location, { reason: bytes.problem }));
}

function problemOf(regex: string): string | undefined {
  try {
    compilePattern(regex);
    return undefined;
  } catch (problem) {
    const text = problem instanceof Error ? problem.message : String(problem);
    return text.startsWith('error parsing regexp: ')
      ? quotedTail(text.slice('error parsing regexp: '.length))
      : quoted(text);
  }
}

/** Quotes the part after the colon, which is text of the spec: `missing closing ): (a`. */
function quotedTail(text: string): string {
  const end = text.indexOf(': `');
  return end < 0 ? quoted(text, 120) : `${text.slice(0, end)}: ${quoted(text.slice(end + 3, -1))}`;
}
