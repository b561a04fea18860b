import type { YAMLException } from 'js-yaml';
import { parseAllDocuments } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { escapeControl } from '../lib/escape-control.ts';
import { maxDepth } from './construct.ts';
import type { SourceText } from './document.ts';
import { messages } from './messages.ts';
import { locationAt, positionAt } from './span.ts';

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
  return found.length > 0 ? found : [syntaxError(source, offset, offset, error.reason)];
}

function secondReading(source: SourceText): readonly Diagnostic[] {
  const lines = new Set<number>();
  const found: Diagnostic[] = [];
  for (const { start, end, reason } of complaints(source.text)) {
    const { line } = positionAt(source, start);
    if (lines.has(line)) continue;
    lines.add(line);
    found.push(syntaxError(source, start, end, reason));
    if (found.length === most) break;
  }
  return found;
}

interface Complaint {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

function complaints(text: string): readonly Complaint[] {
  try {
    const documents = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, version: '1.2' });
    const errors = Array.isArray(documents) ? documents.flatMap((document) => document.errors) : [];
    return errors.map(({ pos: [start, end], message }) => ({ start, end, reason: sentence(message) }));
  } catch (error) {
    // The composer of `yaml` is recursive: deep nesting, which js-yaml refuses, overflows its stack.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function syntaxError(source: SourceText, start: number, end: number, reason: string): Diagnostic {
  const location = locationAt(source, start, end);
  const lineStart = source.lineStarts[location.range.start.line - 1] ?? 0;
  const indentation = /^[ \t]*/.exec(source.text.slice(lineStart, lineStart + 200))?.[0] ?? '';
  const tab = indentation.indexOf('\t');
  if (tab === -1) return finding(messages, 'MESH1003', location, { reason });
  return finding(messages, 'MESH1004', locationAt(source, lineStart + tab, lineStart + tab + 1), {});
}

/** Returns a library's message for use inside a sentence. */
function sentence(message: string): string {
  return escapeControl(message.charAt(0).toLowerCase() + message.slice(1, 200).replace(/\.$/, ''));
}
