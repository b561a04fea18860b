import { utf8Bytes } from '../../lib/utf8-bytes.ts';

/** The first and the last code point of a range. */
export type CodeRange = readonly [first: number, last: number];

/**
 * The last code points with two and three bytes in UTF-8, the code points around the surrogates, and the last one of
 * all.
 */
const borders = [0x7ff, 0xd7ff, 0xdfff, 0xffff, 0x10ffff];

/**
 * Returns patterns that together match the UTF-8 of each character beyond ASCII in the ranges, in order. A pattern is
 * the character itself, or has a class for each byte, such as `\xc3[\xa0-\xaf]`. Surrogates are left out.
 */
export function utf8Ranges(ranges: readonly CodeRange[]): readonly string[] {
  return merged(ranges).flatMap(([first, last]) => {
    if (first === last) return [String.fromCodePoint(first)];
    return ofEqualLength(first, last).flatMap(([from, to]) =>
      sequences(bytesOf(from), bytesOf(to)).map(written),
    );
  });
}

function merged(ranges: readonly CodeRange[]): readonly CodeRange[] {
  const all: [number, number][] = [];
  for (const [first, last] of [...ranges].sort(([one], [other]) => one - other)) {
    const before = all.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else all.push([first, last]);
  }
  return all;
}

function ofEqualLength(first: number, last: number): readonly CodeRange[] {
  const parts: CodeRange[] = [];
  let from = first;
  for (const border of borders) {
    if (from > last) break;
    if (from > border) continue;
    if (border !== 0xdfff) parts.push([from, Math.min(last, border)]);
    from = border + 1;
  }
  return parts;
}

type ByteRange = readonly [low: number, high: number];

/**
 * Splits a range of encodings of equal length into ranges in which each byte varies independently between two bounds.
 */
function sequences(first: readonly number[], last: readonly number[]): readonly (readonly ByteRange[])[] {
  const [low = 0, ...firstRest] = first;
  const [high = 0, ...lastRest] = last;
  if (firstRest.length === 0) return [[[low, high]]];
  const before = (byte: number, rest: readonly (readonly ByteRange[])[]): readonly (readonly ByteRange[])[] =>
    rest.map((ranges) => [[byte, byte], ...ranges]);
  if (low === high) return before(low, sequences(firstRest, lastRest));
  const lowest = firstRest.map(() => 0x80);
  const highest = firstRest.map(() => 0xbf);
  const startsWhole = firstRest.every((byte) => byte === 0x80);
  const endsWhole = lastRest.every((byte) => byte === 0xbf);
  const from = startsWhole ? low : low + 1;
  const to = endsWhole ? high : high - 1;
  return [
    ...(startsWhole ? [] : before(low, sequences(firstRest, highest))),
    ...(from <= to ? [[[from, to] as const, ...firstRest.map(() => [0x80, 0xbf] as const)]] : []),
    ...(endsWhole ? [] : before(high, sequences(lowest, lastRest))),
  ];
}

function bytesOf(point: number): readonly number[] {
  return Array.from(utf8Bytes(String.fromCodePoint(point)), (byte) => byte.charCodeAt(0));
}

function written(ranges: readonly ByteRange[]): string {
  return ranges.map(([low, high]) => (low === high ? hex(low) : `[${hex(low)}-${hex(high)}]`)).join('');
}

function hex(byte: number): string {
  return `\\x${byte.toString(16)}`;
}
