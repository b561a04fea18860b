/** Alternatives of bytes that are no letters of ASCII, alone or as ranges. */
const group = /\(\?(-i)?:((?:\||\\x[89a-f][0-9a-f]|\[\\x[89a-f][0-9a-f]-\\x[89a-f][0-9a-f]\])+)\)/g;
const atom = /\\x(..)|\[\\x(..)-\\x(..)\]/g;

/** The first and the last of some neighbouring characters. */
type Range = readonly [first: number, last: number];

/**
 * Returns an expression for the bytes of UTF-8 as one for characters: proxies match bytes, and the language characters. Undefined
 * if other bytes are left, which are no whole characters.
 */
export function charactersOfBytes(pattern: string): string | undefined {
  const ignoresCase = /\(\?[a-z]*i/.test(pattern);
  const read = pattern.replace(group, (whole, exact: string | undefined, alternatives: string) => {
    const ranges = alternatives.split('|').map(rangeOf);
    const known = ranges.flatMap((range) => (range ? [range] : []));
    if (known.length < ranges.length || (ignoresCase && exact === undefined)) return whole;
    return !ignoresCase || hasBothCases(known) ? classOf(known) : `(?-i:${classOf(known)})`;
  });
  return /\\x[89a-f][0-9a-f]/i.test(read) ? undefined : read;
}

/** Returns the characters of a sequence of bytes, if they are neighbours. */
function rangeOf(text: string): Range | undefined {
  const bytes = [...text.matchAll(atom)].map(([, one = '', from = one, to = one]): Range => {
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });
  const ranged = bytes.findIndex(([first, last]) => first !== last);
  const isWhole = bytes.every(
    ([first, last], index) => index <= ranged || ranged < 0 || (first === 0x80 && last === 0xbf),
  );
  if (!isWhole) return undefined;
  const [first, last] = [0, 1].map((end) => characterOf(bytes.map((one) => one[end] ?? 0)));
  return first === undefined || last === undefined ? undefined : [first, last];
}

/** Returns true if the other case of each character is among the characters, so that case makes no difference. */
function hasBothCases(ranges: readonly Range[]): boolean {
  const isAmong = (one: number | undefined): boolean =>
    one !== undefined && ranges.some(([first, last]) => first <= one && one <= last);
  const size = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (size > 5000) return false;
  return ranges.every(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_one, index) => String.fromCodePoint(first + index)).every(
      (text) => isAmong(text.toLowerCase().codePointAt(0)) && isAmong(text.toUpperCase().codePointAt(0)),
    ),
  );
}

function characterOf(bytes: readonly number[]): number | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    return Array.from(text).length === 1 ? text.codePointAt(0) : undefined;
  } catch {
    return undefined;
  }
}

function classOf(ranges: readonly Range[]): string {
  const joined: Range[] = [];
  for (const [first, last] of ranges) {
    const before = joined.at(-1);
    if (before !== undefined && before[1] + 1 === first) joined.splice(-1, 1, [before[0], last]);
    else joined.push([first, last]);
  }
  const point = (one: number): string => String.raw`\x{${one.toString(16)}}`;
  return `[${joined.map(([first, last]) => (first === last ? point(first) : `${point(first)}-${point(last)}`)).join('')}]`;
}
