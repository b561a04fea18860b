import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { limitedFindings } from '../diagnostics/limited-findings.ts';
import { finding, type Message } from '../diagnostics/message.ts';
import { append } from '../lib/append.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import { isDay } from '../lib/is-day.ts';
import type { SourceText } from '../source/document.ts';
import { locationAt } from '../source/span.ts';
import { type IgnoreComment, ignoreComments } from './ignore-comments.ts';
import { messages } from './messages.ts';
import type { Suppression } from './suppression.ts';

/** The valid suppressions of a spec, and the findings about the invalid ones. */
export interface Suppressions {
  readonly suppressions: readonly Suppression[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The kinds of findings by code. */
type Catalog = ReadonlyMap<string, Message>;

/**
 * Reads the suppression comments of all files; `today` is a day as `YYYY-MM-DD` (UTC). A comment may name codes of
 * `catalog`.
 */
export function readSuppressions(
  texts: readonly SourceText[],
  today: string,
  catalog: Catalog,
): Suppressions {
  const suppressions: Suppression[] = [];
  const diagnostics: Diagnostic[] = [];
  const limited = limitedFindings();
  for (const text of texts) {
    for (const comment of ignoreComments(text)) {
      const read = suppression(text, comment, { today, catalog });
      append(suppressions, read.suppressions);
      append(diagnostics, read.diagnostics.filter(limited.takes));
    }
  }
  return { suppressions, diagnostics: [...diagnostics, ...limited.left()] };
}

function suppression(
  source: SourceText,
  comment: IgnoreComment,
  { today, catalog }: { readonly today: string; readonly catalog: Catalog },
): Suppressions {
  const location = locationAt(source, comment.start, comment.end);
  const parsed = parse(source, comment);
  const problem = 'problem' in parsed ? parsed.problem : comment.lines ? undefined : 'nothing follows it';
  if ('problem' in parsed || problem !== undefined)
    return {
      suppressions: [],
      diagnostics: [finding(messages, 'MESH1200', location, { problem: problem ?? '' })],
    };
  const { codes, reason, until } = parsed;
  const wrong = codes.flatMap((one) => codeProblem(one, catalog) ?? []);
  const right = codes.filter((one) => codeProblem(one, catalog) === undefined);
  if (right.length === 0 || comment.lines === undefined) return { suppressions: [], diagnostics: wrong };
  if (until !== undefined && until < today)
    return { suppressions: [], diagnostics: [...wrong, finding(messages, 'MESH1203', location, { until })] };
  const { lines } = comment;
  return {
    suppressions: [{ codes: right, reason, ...(until !== undefined && { until }), location, lines }],
    diagnostics: wrong,
  };
}

type Codes = Suppression['codes'];

function codeProblem({ code, location }: Codes[number], catalog: Catalog): Diagnostic | undefined {
  const message = catalog.get(code);
  if (message === undefined)
    return finding(messages, 'MESH1201', location, { code, hint: didYouMean(code, [...catalog.keys()]) });
  const why =
    message.severity === 'error'
      ? 'it is an error'
      : message.insuppressible
        ? 'it always stays visible'
        : undefined;
  return why === undefined ? undefined : finding(messages, 'MESH1202', location, { code, why });
}

type Parsed = { readonly codes: Codes; readonly reason: string; readonly until?: string };

/** Reads the words of a comment: codes, then `reason="…"` and `until=…` in any order. */
function parse(source: SourceText, { start, end }: IgnoreComment): Parsed | { readonly problem: string } {
  const text = source.text.slice(start, end);
  const codes: { code: Code; location: Codes[number]['location'] }[] = [];
  let reason: string | undefined;
  let until: string | undefined;
  const head = /^#[ \t]*mesh-ignore:?/.exec(text)?.[0].length ?? 0;
  const words = /[\s,]+|(MESH\d+)(?![^\s,])|reason="((?:[^"\\]|\\.)*)"(?!\S)|until=(\S*)|(\S+)/gy;
  words.lastIndex = head;
  for (const word of text.matchAll(words)) {
    const [, code, because, day, unknown] = word;
    if (code !== undefined) {
      const from = start + word.index;
      codes.push({ code: code as Code, location: locationAt(source, from, from + code.length) });
    } else if (because !== undefined) {
      if (reason !== undefined) return { problem: 'it has two reasons' };
      reason = because.replace(/\\(.)/g, '$1').trim();
    } else if (day !== undefined) {
      if (until !== undefined) return { problem: 'it has two last days' };
      if (!isDay(day)) return { problem: `${JSON.stringify(day)} is no day such as 2027-01-31` };
      until = day;
    } else if (unknown !== undefined) return { problem: unknownWord(unknown) };
  }
  if (codes.length === 0) return { problem: 'it names no code such as MESH2210' };
  if (reason === undefined || reason === '') return { problem: 'it gives no reason="…"' };
  return { codes, reason, ...(until !== undefined && { until }) };
}

function unknownWord(word: string): string {
  if (word.startsWith('reason=')) return 'the reason stands in double quotes: reason="…"';
  return `${JSON.stringify(word)} is no code, reason="…" or until=YYYY-MM-DD`;
}
