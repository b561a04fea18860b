import { type CST, Parser } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { decode } from '../source/decode.ts';
import type { SourceText } from '../source/document.ts';
import { parseSource } from '../source/parse.ts';
import type { Source } from '../source/source.ts';
import { locationAt, sourceText } from '../source/span.ts';
import { foreignFile } from '../spec/foreign-file.ts';
import { recognise } from '../spec/recognise.ts';
import { type DocumentTokens, formatDocument } from './format-document.ts';
import { messages } from './messages.ts';
import { saysTheSame } from './proof.ts';
import { blankBefore } from './trivia.ts';
import { Unformattable } from './unformattable.ts';

/** A formatted file. Its text is unchanged if it was already canonical, has no mesh document, or has findings. */
export interface Formatted {
  /** The original text without its byte order mark. */
  readonly source: SourceText;
  /** The whole formatted text. */
  readonly text: string;
  readonly changed: boolean;
  /** True if the file holds mesh documents, or documents that look like attempts at one. */
  readonly isMesh: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const byteOrderMark = '\ufeff';

/**
 * Puts the mesh documents of a file into canonical form: order of keys, indentation and spacing. Values, comments,
 * quotes, anchors, and block or flow style stay as written; so do line breaks (CR LF) and the byte order mark.
 */
export function formatSource(file: Source): Formatted {
  const parsed = parseSource(file);
  const original = decode(file.bytes).text;
  const mark =
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes.subarray(0, 3)) === byteOrderMark;
  const start = mark ? byteOrderMark : '';
  const unchanged = { source: parsed.text, text: start + original, changed: false, isMesh: true };
  const read = parsed.documents.map((document) => recognise(document, false));
  const found = read.flatMap(({ written, diagnostics }) => [...(written?.diagnostics ?? []), ...diagnostics]);
  if (foreignFile(parsed) !== undefined) return { ...unchanged, isMesh: false, diagnostics: [] };
  const errors = [...parsed.diagnostics, ...found].filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { ...unchanged, diagnostics: errors };
  if (read.every(({ written }) => written === undefined))
    return { ...unchanged, isMesh: false, diagnostics: [] };
  const plain = original.replace(/\r\n?/g, '\n');
  try {
    const formatted = formatText(plain);
    if (formatted === plain && !isMixed(original)) return { ...unchanged, diagnostics: [] };
    if (!saysTheSame(plain, formatted))
      throw new Unformattable('something whose meaning or comments would change', 0);
    const text = /^[^\n]*\r\n/.test(original) ? formatted.replaceAll('\n', '\r\n') : formatted;
    return { ...unchanged, text: start + text, changed: true, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof Unformattable)) throw error;
    const location = locationAt(sourceText(file.file, plain), error.offset);
    const left = finding(messages, 'MESH1030', location, { reason: error.message });
    return { ...unchanged, diagnostics: [left] };
  }
}

/** Returns true if lines end in different ways, or in a CR alone. */
function isMixed(text: string): boolean {
  return /\r(?!\n)/.test(text) || (text.includes('\r') && /(?:^|[^\r])\n/.test(text));
}

function formatText(text: string): string {
  const groups = documentsOf([...new Parser().parse(text)]);
  const starts = groups.map(([first]) => (first && 'offset' in first ? first.offset : 0));
  return groups.reduce((before, tokens, index) => {
    const start = starts[index] ?? 0;
    const own = formatDocument(text, tokens) ?? text.slice(start, starts[index + 1]);
    // A blank line between two documents may belong to the end of one or to the start of the next.
    const first = tokens.find(({ type }) => type !== 'newline' && type !== 'space');
    const at = first && 'offset' in first ? first.offset : start;
    const isApart = before !== '' && !before.endsWith('\n\n') && !own.startsWith('\n');
    return before + (isApart && blankBefore(text, at) ? '\n' : '') + own;
  }, '');
}

/** Returns the tokens of each document, with the directives and comments before it. */
function documentsOf(tokens: readonly CST.Token[]): readonly DocumentTokens[] {
  const groups: CST.Token[][] = [[]];
  for (const token of tokens) {
    if (token.type === 'error') throw new Unformattable(token.message, token.offset);
    const last = groups.at(-1) ?? [];
    const isEnded = last.some(({ type }) => type === 'document');
    if (isEnded && token.type !== 'doc-end') groups.push([token]);
    else last.push(token);
  }
  return groups;
}
