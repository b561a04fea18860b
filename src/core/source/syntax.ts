import type { YAMLException } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { escapeControl } from '../lib/escape-control.ts';
import { maxDepth } from './construct.ts';
import type { SourceText } from './document.ts';
import { messages } from './messages.ts';
import { locationAt, positionAt } from './span.ts';
import { type Complaint, type SyntaxMistake, syntaxMistake } from './syntax-mistake.ts';

/**
 * The length (UTF-16 units) above which a file with an error is not parsed a second time, which would take much time
 * and memory.
 */
const longest = 1 << 17;

/** The most errors that are reported: most errors follow from the first one. */
const most = 10;

/**
 * Returns the findings about a text that js-yaml refused with `error`. They are all errors of `yaml`, which continues
 * after an error; if it finds none, the error of js-yaml.
 */
export function syntaxErrors(source: SourceText, error: YAMLException): readonly Diagnostic[] {
  const offset = error.mark?.position ?? 0;
  if (error.reason.startsWith('nesting exceeded')) {
    return [finding(messages, 'MESH1005', locationAt(source, offset), { limit: maxDepth })];
  }
  const found = source.text.length > longest ? [] : secondReading(source);
  return found.length > 0
    ? found
    : [syntaxError(source, { start: offset, end: offset, reason: error.reason })];
}

function secondReading(source: SourceText): readonly Diagnostic[] {
  const lines = new Set<number>();
  const found: Diagnostic[] = [];
  for (const complaint of complaints(source.text)) {
    const mistake = tabBefore(source, complaint.start) ?? syntaxMistake(source.text, complaint);
    const { line } = positionAt(source, mistake.start);
    if (lines.has(line)) continue;
    lines.add(line);
    found.push(syntaxError(source, mistake));
    if (found.length === most || mistake.isOpen === true) break;
  }
  return found;
}

function complaints(text: string): readonly Complaint[] {
  try {
    const documents = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, version: '1.2' });
    const errors = Array.isArray(documents) ? documents.flatMap((document) => document.errors) : [];
    return errors.map(({ code, pos: [start, end], message }) => ({
      code,
      start,
      end,
      reason: sentence(message),
    }));
  } catch (error) {
    // The composer of `yaml` is recursive: deep nesting, which js-yaml refuses, overflows its stack.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function syntaxError(source: SourceText, { start, end, reason, fix }: SyntaxMistake): Diagnostic {
  const location = locationAt(source, start, end);
  if (source.text.startsWith('\t', start)) return finding(messages, 'MESH1004', location, {});
  if (fix === undefined) return finding(messages, 'MESH1003', location, { reason: escapeControl(reason) });
  const edits = [{ location: locationAt(source, fix.start, fix.end), text: fix.text }];
  const details = { fix: { title: fix.title, edits } };
  return finding(messages, 'MESH1003', location, { reason: escapeControl(reason) }, details);
}

/** Returns the tab in the indentation of a line; undefined if there is none. */
function tabBefore(source: SourceText, offset: number): SyntaxMistake | undefined {
  const start = source.lineStarts[positionAt(source, offset).line - 1] ?? 0;
  const tab = /^[ \t]*/.exec(source.text.slice(start, start + 200))?.[0].indexOf('\t') ?? -1;
  return tab === -1 ? undefined : { start: start + tab, end: start + tab + 1, reason: 'tab' };
}

/** Returns a library's message for use inside a sentence. */
function sentence(message: string): string {
  return escapeControl(message.charAt(0).toLowerCase() + message.slice(1, 200).replace(/\.$/, ''));
}
