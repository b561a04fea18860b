import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import type { Position } from '../location.ts';
import { findKeys } from './find-keys.ts';
import { messages } from './messages.ts';

/** Bytes that are searched at a time. `overlap` is the part that two pieces share, longer than any key. */
const piece = 1 << 22;
const overlap = 1 << 16;

/** Reports the place of every plain private key in a file, but no part of the key. */
export async function searchFile(
  file: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  let text = '';
  let line = 1;
  let isStart = true;
  const search = (isEnd: boolean): void => {
    const cut = isEnd ? text.length : Math.max(0, text.length - overlap);
    const plain = isWide(text) ? withoutNulls(text) : { text, at: (index: number) => index };
    for (const { what, start, end } of findKeys(plain.text)) {
      const [from, to] = [plain.at(start), plain.at(end)];
      if (from >= cut || (what.endsWith('(DER)') && !isStart)) continue;
      const range = {
        start: positionIn(text, from, line),
        end: positionIn(text, lineEnd(text, from, to), line),
      };
      found.push(finding(messages, 'MESH1040', { file, range }, { what }));
    }
    line += lines(text, cut);
    text = text.slice(cut);
    isStart = false;
  };
  for await (const chunk of chunks) {
    text += latin(chunk);
    if (text.length > piece) search(false);
  }
  search(true);
  return found;
}

/** Returns a text with one character for each byte. */
function latin(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** Returns true for UTF-16, which some shells write: each ASCII letter is followed or preceded by a NUL. */
function isWide(text: string): boolean {
  return /(?:-\0){4}|(?:\0-){4}|A\0G\0E\0-|\0A\0G\0E\0-/.test(text);
}

function withoutNulls(text: string): { readonly text: string; readonly at: (index: number) => number } {
  const places: number[] = [];
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) !== 0) places.push(index);
  return { text: text.replaceAll('\0', ''), at: (index) => places[index] ?? text.length };
}

function lines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Returns the end of the line on which a key starts, since a finding shows only that line. */
function lineEnd(text: string, from: number, to: number): number {
  const end = text.slice(from, to).search(/[\r\n]/);
  return end < 0 ? to : from + end;
}

/** Returns the position of an offset; the column counts characters of UTF-8. */
function positionIn(text: string, offset: number, firstLine: number): Position {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = Uint8Array.from(text.slice(start, offset), (character) => character.charCodeAt(0));
  return { line: firstLine + lines(text, offset), column: new TextDecoder().decode(before).length + 1 };
}
