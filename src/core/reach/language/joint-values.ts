import type { Budget } from '../budget.ts';
import { type Automaton, dead } from './automaton.ts';

/** The texts that a set of automata treats alike, with the shortest of them. */
export interface ValueClass {
  /** For each automaton, true if it accepts. */
  readonly accepted: readonly boolean[];
  readonly shortest: string;
}

/** The most classes of one variable. */
const mostClasses = 2000;

/**
 * Returns the classes of the texts that `domain` accepts, each with its shortest text; nicer characters come first. Throws
 * Unproved if there are too many states.
 */
export function jointValues(
  domain: Automaton,
  automata: readonly Automaton[],
  subject: string,
  budget: Budget,
): readonly ValueClass[] {
  const alphabet = representatives([domain, ...automata]);
  const classes = new Map<string, ValueClass>();
  const start = { domain: domain.start, states: automata.map(({ start: state }) => state), text: '' };
  const queue = [start];
  const seen = new Set([keyOf(start)]);
  for (let index = 0; index < queue.length; index += 1) {
    const at = queue[index];
    if (at === undefined) break;
    if (domain.accepts(at.domain)) {
      const accepted = automata.map((one, number) => {
        const state = at.states[number] ?? dead;
        return state !== dead && one.accepts(state);
      });
      const key = accepted.map(Number).join('');
      if (!classes.has(key)) classes.set(key, { accepted, shortest: at.text });
      if (classes.size > mostClasses) budget.spend(Infinity, subject);
    }
    for (const code of alphabet) {
      const next = domain.step(at.domain, code);
      if (next === dead) continue;
      budget.spend(at.states.length + 1, subject);
      const states = at.states.map((state, number) =>
        state === dead ? dead : (automata[number]?.step(state, code) ?? dead),
      );
      const to = { domain: next, states, text: at.text + String.fromCharCode(code) };
      const key = keyOf(to);
      if (seen.has(key)) continue;
      budget.state(subject);
      seen.add(key);
      queue.push(to);
    }
  }
  return [...classes.values()];
}

function keyOf({ domain, states }: { readonly domain: number; readonly states: readonly number[] }): string {
  return `${String(domain)}:${states.join(',')}`;
}

/** Returns one character for each set of characters that all automata read alike, nice ones first. */
function representatives(automata: readonly Automaton[]): readonly number[] {
  const cuts = [...new Set([0, ...automata.flatMap(({ cuts: own }) => [...own]), 256])].sort((a, b) => a - b);
  return cuts
    .slice(0, -1)
    .map((from, index) => nicest(from, cuts[index + 1] ?? 256))
    .sort((a, b) => niceness(a) - niceness(b) || a - b);
}

function nicest(from: number, to: number): number {
  let best = from;
  for (let code = from; code < to; code += 1) if (niceness(code) < niceness(best)) best = code;
  return best;
}

function niceness(code: number): number {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) return 0;
  if (character === '/') return 1;
  if (/[0-9]/.test(character)) return 2;
  if (/[A-Z]/.test(character)) return 3;
  return code > 32 && code < 127 ? 4 : 5;
}
