import type { StringMatch } from '../../ir/match.ts';
import { utf8Bytes } from '../../lib/utf8-bytes.ts';
import { cookieValuePattern } from '../../semantics/cookies.ts';
import type { Budget } from '../budget.ts';
import { type Automaton, dead } from './automaton.ts';
import { beginning, containing, exactly } from './literal-automata.ts';
import { patternAutomaton } from './pattern-automaton.ts';

/** A condition on the text of a value; `present` asks for no text. */
export type TextMatch = Exclude<StringMatch, { readonly type: 'present' }>;

/** Returns an automaton for a condition on a value, over the bytes of its UTF-8. */
export function valueAutomaton({ type, value }: TextMatch, budget: Budget): Automaton {
  switch (type) {
    case 'exact':
      return exactly(utf8Bytes(value));
    case 'prefix':
      return beginning(utf8Bytes(value));
    case 'suffix':
      return containing(utf8Bytes(value), 'end');
    case 'contains':
      return containing(utf8Bytes(value), 'anywhere');
    case 'regex':
      return patternAutomaton(value, budget);
  }
}

/**
 * Returns an automaton for a condition on a cookie: over the text as sent without blanks around it, of which one pair of
 * quotes doesn't count.
 */
export function cookieAutomaton(match: TextMatch, budget: Budget): Automaton {
  if (match.type === 'regex') return patternAutomaton(cookieValuePattern(match.value), budget);
  return withoutQuotes(valueAutomaton(match, budget));
}

/** A text that is read twice at once: as it is, and behind its first quote. */
interface Reading {
  readonly whole: number;
  /** The state behind the first quote; undefined if the text begins without one. */
  readonly inner: number | undefined;
  /** The state before the last character, which is the value if that character is a quote. */
  readonly beforeLast: number | undefined;
  readonly length: number;
  readonly endsWithQuote: boolean;
}

function withoutQuotes(automaton: Automaton): Automaton {
  const first: Reading = {
    whole: automaton.start,
    inner: undefined,
    beforeLast: undefined,
    length: 0,
    endsWithQuote: false,
  };
  const readings: Reading[] = [first];
  const numbers = new Map([[JSON.stringify(first), 0]]);
  const stepped = (state: number, code: number): number =>
    state === dead ? dead : automaton.step(state, code);
  return {
    start: 0,
    cuts: [...automaton.cuts, quote, quote + 1],
    step: (state, code) => {
      const at = readings[state];
      if (at === undefined) return dead;
      const isQuote = code === quote;
      const opens = at.length === 0 && isQuote;
      const to: Reading = {
        whole: stepped(at.whole, code),
        inner: opens ? automaton.start : at.inner === undefined ? undefined : stepped(at.inner, code),
        beforeLast: at.inner,
        length: Math.min(2, at.length + 1),
        endsWithQuote: isQuote,
      };
      const key = JSON.stringify(to);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      readings.push(to);
      numbers.set(key, readings.length - 1);
      return readings.length - 1;
    },
    accepts: (state) => {
      const at = readings[state];
      if (at === undefined) return false;
      const isQuoted = at.length === 2 && at.endsWithQuote;
      const end = (isQuoted ? at.beforeLast : undefined) ?? at.whole;
      return end !== dead && automaton.accepts(end);
    },
  };
}

const quote = 0x22;
