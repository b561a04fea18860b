import { RE2JS } from 're2js';
import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import { locationOf } from '../../ir/link/written.ts';
import { quoted } from '../../lib/quoted.ts';
import type { Analyzer } from '../analyzer.ts';
import { writtenPaths, writtenValues } from '../written-matches.ts';

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
    for (const path of writtenPaths(spec)) check(path, report);
    for (const value of writtenValues(spec)) check(value, report);
  },
};

function check(container: { readonly regex?: string }, report: Report): void {
  const { regex } = container;
  const reason = regex === undefined ? undefined : problemOf(regex);
  if (reason === undefined) return;
  report(finding(messages, 'MESH2200', locationOf({ container, key: 'regex' }), { reason }));
}

function problemOf(regex: string): string | undefined {
  try {
    RE2JS.compile(regex);
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
