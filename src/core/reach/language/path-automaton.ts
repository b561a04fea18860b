import type { PathMatch } from '../../ir/match.ts';
import type { Budget } from '../budget.ts';
import { type Automaton, codesOf, dead } from './automaton.ts';
import { beginning, element, exactly } from './literal-automata.ts';
import type { PathTest } from './path-test.ts';
import { patternAutomaton } from './pattern-automaton.ts';

/** Returns an automaton for a condition on a received path. */
export function pathAutomaton({ match, received }: PathTest, budget: Budget): Automaton {
  const inner = automatonOf(match, budget);
  const { drop, prepend, strips } = received;
  if (drop === 0 && prepend === '') return inner;
  const run = (state: number, text: string): number =>
    codesOf(text).reduce((at, code) => (at === dead ? dead : inner.step(at, code)), state);
  const entered = run(inner.start, prepend);
  // States: the number of dropped characters, the place behind them, and then the states of the inner automaton.
  const place = drop;
  const shift = drop + 1;
  const enter = (code: number): number => {
    if (strips && code === slash) return place;
    const next = entered === dead ? dead : inner.step(entered, code);
    return next === dead ? dead : next + shift;
  };
  return {
    start: 0,
    cuts: [...inner.cuts, slash, slash + 1],
    step: (state, code) => {
      if (state < place) return state + 1;
      if (state === place) return enter(code);
      const next = inner.step(state - shift, code);
      return next === dead ? dead : next + shift;
    },
    accepts: (state) => {
      if (state < place) return false;
      if (state > place) return inner.accepts(state - shift);
      // A path of which nothing is left is `/`.
      const end = prepend === '' ? run(inner.start, '/') : entered;
      return end !== dead && inner.accepts(end);
    },
  };
}

const slash = 0x2f;

function automatonOf({ type, value }: PathMatch, budget: Budget): Automaton {
  switch (type) {
    case 'exact':
      return exactly(value);
    case 'prefix':
      return element(value);
    case 'startsWith':
      return beginning(value);
    case 'regex':
      return patternAutomaton(value, budget);
  }
}
