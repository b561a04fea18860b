import { type Automaton, cutsOf, dead } from './automaton.ts';

/** Returns an automaton that accepts one text. */
export function exactly(text: string): Automaton {
  return {
    start: 0,
    cuts: cutsOf(text),
    step: (state, code) => (state < text.length && text.charCodeAt(state) === code ? state + 1 : dead),
    accepts: (state) => state === text.length,
  };
}

/** Returns an automaton that accepts all texts with this beginning. */
export function beginning(text: string): Automaton {
  return {
    start: 0,
    cuts: cutsOf(text),
    step: (state, code) =>
      state === text.length ? state : text.charCodeAt(state) === code ? state + 1 : dead,
    accepts: (state) => state === text.length,
  };
}

/** Returns an automaton for the prefix by path element: the text itself, or with a slash and anything behind it. */
export function element(text: string): Automaton {
  const end = text.length;
  return {
    start: 0,
    cuts: cutsOf(`${text}/`),
    step: (state, code) => {
      if (state > end) return state;
      const wanted = state === end ? slash : text.charCodeAt(state);
      return code === wanted ? state + 1 : dead;
    },
    accepts: (state) => state >= end,
  };
}

const slash = 0x2f;

/** Returns an automaton for texts that contain a text, or that end with it (Knuth, Morris and Pratt). */
export function containing(text: string, where: 'anywhere' | 'end'): Automaton {
  const failure = failures(text);
  const end = text.length;
  const next = (state: number, code: number): number => {
    let at = state;
    while (at > 0 && (at === end || text.charCodeAt(at) !== code)) at = failure[at - 1] ?? 0;
    return at < end && text.charCodeAt(at) === code ? at + 1 : at;
  };
  return {
    start: 0,
    cuts: cutsOf(text),
    step: (state, code) => (where === 'anywhere' && state === end ? state : next(state, code)),
    accepts: (state) => state === end,
  };
}

/** Returns, for each position, the length of the longest proper prefix that ends there. */
function failures(text: string): readonly number[] {
  const table = [0];
  for (let index = 1, length = 0; index < text.length; index += 1) {
    while (length > 0 && text[index] !== text[length]) length = table[length - 1] ?? 0;
    if (text[index] === text[length]) length += 1;
    table.push(length);
  }
  return table;
}
