import { type Automaton, codesOf, dead } from './automaton.ts';

/** A state of a path: the text of the segment as far as it matters, and the encoding that is being read. */
type PathState = 'start' | 'slash' | 'dot' | 'dots' | 'text' | `%${string}`;

/** Characters that a normalised path never has: what no URI may contain is encoded there, `\\` is a slash. */
const foreign = new Set('"<>^`{|}\\#');

/**
 * Returns an automaton for exactly the paths that `normalisePath` returns: no `//`, no dot segment (with parameters or
 * without), no encoding of unreserved characters, of slashes, of backslashes or of zero.
 */
export function normalisedPaths(): Automaton {
  paths ??= pathTable();
  return paths;
}

let paths: Automaton | undefined;

/** Returns the automaton with all its steps in one table. */
function pathTable(): Automaton {
  const digits = Array.from('0123456789abcdefABCDEF');
  const states: readonly PathState[] = [
    ...(['start', 'slash', 'dot', 'dots', 'text', '%'] as const),
    ...digits.map((digit): PathState => `%${digit}`),
  ];
  const steps = states.map((state) =>
    Int16Array.from({ length: 256 }, (_, code) => {
      const to = nextOf(state, String.fromCharCode(code), code);
      return to === undefined ? dead : states.indexOf(to);
    }),
  );
  const cuts = Array.from({ length: 95 }, (_, index) => index + 33);
  return {
    start: 0,
    cuts: cutsOf(cuts),
    step: (from, code) => steps[from]?.[code] ?? dead,
    accepts: (from) => {
      const state = states[from];
      return state !== undefined && state !== 'start' && state !== 'dot' && state !== 'dots';
    },
  };
}

function nextOf(state: PathState, character: string, code: number): PathState | undefined {
  if (state === 'start') return character === '/' ? 'slash' : undefined;
  if (code < 33 || code > 126 || foreign.has(character)) return undefined;
  if (state.startsWith('%') && /[0-9a-f]/i.test(character)) {
    if (state === '%') return `%${character}`;
    return isKept(state + character) ? 'text' : undefined;
  }
  if (character === '%') return '%';
  const mark = marks[character];
  return mark === undefined ? 'text' : mark[isSegmentStart(state) ? state : 'text'];
}

type Place = 'slash' | 'dot' | 'dots' | 'text';

function isSegmentStart(state: PathState): state is Place {
  return state === 'slash' || state === 'dot' || state === 'dots';
}

/** The states behind a mark, by the place in the segment; a place that is left out ends no normalised path. */
const marks: Readonly<Record<string, Readonly<Partial<Record<Place, PathState>>>>> = {
  '/': { text: 'slash' },
  ';': { slash: 'text', text: 'text' },
  '.': { slash: 'dot', dot: 'dots', dots: 'text', text: 'text' },
};

/** Returns true for an encoding that stays in a normalised path. */
function isKept(encoding: string): boolean {
  const code = Number.parseInt(encoding.slice(1), 16);
  return code !== 0 && code !== 0x2f && code !== 0x5c && !/[A-Za-z0-9._~-]/.test(String.fromCharCode(code));
}

/** Characters that paths distinguish: hexadecimal digits one by one, the others by their meaning. */
function cutsOf(codes: readonly number[]): readonly number[] {
  const isSpecial = (code: number): boolean => !/[g-zG-Z]/.test(String.fromCharCode(code));
  return [...codes.filter((code) => isSpecial(code) || isSpecial(code - 1)), 127];
}

/** Returns an automaton for the values that a query parameter may have: visible ASCII without `&` and `#`. */
export function queryValues(): Automaton {
  return {
    start: 0,
    cuts: [33, 35, 36, 38, 39, 127],
    step: (_, code) => (code > 32 && code < 127 && code !== 35 && code !== 38 ? 0 : dead),
    accepts: () => true,
  };
}

/** The states of a header value: 0 is the start, 1 the end of a character, 2 a blank, others the rest of a character. */
const complete = 1;
const blank = 2;

/** Bytes that may follow, by state: the range of the next byte and the state behind it (RFC 3629). */
const rest: Readonly<Record<number, readonly [number, number, number]>> = {
  3: [0x80, 0xbf, complete],
  4: [0x80, 0xbf, 3],
  5: [0xa0, 0xbf, 3],
  6: [0x80, 0x9f, 3],
  7: [0x80, 0xbf, 4],
  8: [0x90, 0xbf, 4],
  9: [0x80, 0x8f, 4],
};

/** First bytes of longer characters: their range and the state behind them. */
const leads: readonly (readonly [number, number, number])[] = [
  [0xc2, 0xdf, 3],
  [0xe0, 0xe0, 5],
  [0xe1, 0xec, 4],
  [0xed, 0xed, 6],
  [0xee, 0xef, 4],
  [0xf0, 0xf0, 8],
  [0xf1, 0xf3, 7],
  [0xf4, 0xf4, 9],
];

/**
 * Returns an automaton for the values of headers: UTF-8 without control characters and without blanks around it.
 * `without` are characters that the value never has.
 */
export function headerValues(without = ''): Automaton {
  const excluded = new Set(codesOf(without));
  const step = (state: number, code: number): number => {
    const following = rest[state];
    if (following !== undefined) {
      const [from, to, next] = following;
      return code >= from && code <= to ? next : dead;
    }
    if (excluded.has(code)) return dead;
    if (code === 32 || code === 9) return state === 0 ? dead : blank;
    if (code > 32 && code < 127) return complete;
    return leads.find(([from, to]) => code >= from && code <= to)?.[2] ?? dead;
  };
  const ranges = [...leads, ...Object.values(rest)].flatMap(([from, to]) => [from, to + 1]);
  const own = [...excluded].flatMap((code) => [code, code + 1]);
  return {
    start: 0,
    cuts: [9, 10, 32, 33, 127, ...ranges, ...own],
    step,
    accepts: (state) => state === 0 || state === complete,
  };
}
