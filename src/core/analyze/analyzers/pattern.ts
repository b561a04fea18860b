import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/written.ts';
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
});

/** Regular expressions that RE2 does not take. */
export const pattern: Analyzer = {
  name: 'pattern',
  description: 'Reports regular expressions that RE2 does not take.',
  messages,
  analyze({ spec }, report) {
    const known = new Map<string, string | undefined>();
    for (const path of writtenPaths(spec)) check(path, known, report);
    for (const value of writtenValues(spec)) check(value, known, report);
  },
};

/** Checks one expression; `known` holds the problem of each that was checked before. */
function check(
  container: { readonly regex?: string },
  known: Map<string, string | undefined>,
  report: Report,
): void {
  const { regex } = container;
  if (regex === undefined) return;
  if (!known.has(regex)) known.set(regex, problemOf(regex));
  const reason = known.get(regex);
  if (reason === undefined) return;
  report(finding(messages, 'MESH2200', locationOf({ container, key: 'regex' }), { reason }));
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

/** `missing closing ): (a` with what follows the colon, which is of the spec, in quotes. */
function quotedTail(text: string): string {
  const end = text.indexOf(': `');
  return end < 0 ? quoted(text, 120) : `${text.slice(0, end)}: ${quoted(text.slice(end + 3, -1))}`;
}
