import type { Budget } from '../budget.ts';
import { type Automaton, dead } from './automaton.ts';
import { JointStates } from './joint-states.ts';

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
  const joint = new JointSteps(domain, automata, alphabet);
  const classes = new Map<string, ValueClass>();
  const states = new JointStates();
  const texts = [''];
  states.add([
    domain.start,
    ...automata.flatMap(({ start }, number) => (start === dead ? [] : [number, start])),
  ]);
  for (let index = 0; index < states.count; index += 1) {
    const at = states.at(index);
    const text = texts[index] ?? '';
    if (domain.accepts(at[0] ?? dead)) {
      const own = accepting(automata, at);
      const key = own.join();
      if (!classes.has(key)) classes.set(key, { accepted: answers(automata.length, own), shortest: text });
      if (classes.size > mostClasses) budget.spend(Infinity, subject);
    }
    for (let symbol = 0; symbol < alphabet.length; symbol += 1) {
      if (!joint.leads(at, symbol)) continue;
      budget.spend(automata.length + 1, subject);
      const to = joint.from(at, symbol);
      if (states.has(to)) continue;
      budget.state(subject);
      states.add(to);
      texts.push(text + String.fromCharCode(alphabet[symbol] ?? 0));
    }
  }
  return [...classes.values()];
}

/** The steps of several automata at once, by the position of the character in an alphabet. */
class JointSteps {
  private readonly domain: Rows;
  private readonly rows: readonly Rows[];
  /** The state that `from` returned last; the next call overwrites the list. */
  private readonly to: number[] = [];

  constructor(domain: Automaton, automata: readonly Automaton[], alphabet: readonly number[]) {
    this.domain = new Rows(domain, alphabet);
    this.rows = automata.map((one) => new Rows(one, alphabet));
  }

  /** Returns true if the domain reads a character. */
  leads(at: readonly number[], symbol: number): boolean {
    return this.domain.step(at[0] ?? dead, symbol) !== dead;
  }

  /** Returns the next state. Dead automata stay dead, so the state lists the others alone. */
  from(at: readonly number[], symbol: number): readonly number[] {
    const { to } = this;
    to.length = 0;
    to.push(this.domain.step(at[0] ?? dead, symbol));
    for (let live = 1; live < at.length; live += 2) {
      const number = at[live] ?? 0;
      const state = this.rows[number]?.step(at[live + 1] ?? dead, symbol) ?? dead;
      if (state !== dead) to.push(number, state);
    }
    return to;
  }
}

/** Returns the numbers of the automata that accept in a joint state. */
function accepting(automata: readonly Automaton[], at: readonly number[]): readonly number[] {
  const found: number[] = [];
  for (let live = 1; live < at.length; live += 2) {
    const number = at[live] ?? 0;
    if (automata[number]?.accepts(at[live + 1] ?? dead) === true) found.push(number);
  }
  return found;
}

function answers(count: number, accepted: readonly number[]): readonly boolean[] {
  const all = Array.from({ length: count }, () => false);
  for (const number of accepted) all[number] = true;
  return all;
}

/** The steps of an automaton by the position of the character in an alphabet, each asked once. */
class Rows {
  private readonly known: (number | undefined)[][] = [];
  private readonly automaton: Automaton;
  private readonly alphabet: readonly number[];

  constructor(automaton: Automaton, alphabet: readonly number[]) {
    this.automaton = automaton;
    this.alphabet = alphabet;
  }

  step(state: number, symbol: number): number {
    const row = (this.known[state] ??= []);
    return (row[symbol] ??= this.automaton.step(state, this.alphabet[symbol] ?? 0));
  }
}

/** Returns one character for each set of characters that all automata read alike, nice ones first. */
function representatives(automata: readonly Automaton[]): readonly number[] {
  const isCut = new Uint8Array(257);
  for (const { cuts } of automata) for (const cut of cuts) isCut[cut] = 1;
  const found: number[] = [];
  let best = 0;
  for (let code = 1; code <= 256; code += 1) {
    if (isCut[code] === 1 || code === 256) {
      found.push(best);
      best = code;
    } else if (niceness(code) < niceness(best)) best = code;
  }
  return found.sort((a, b) => niceness(a) - niceness(b) || a - b);
}

const kinds = [/[a-z]/, /\//, /[0-9]/, /[A-Z]/, /[!-~]/];

/** The kind of each character, nice ones first. */
const order = Uint8Array.from({ length: 256 }, (_, code) => {
  const kind = kinds.findIndex((one) => one.test(String.fromCharCode(code)));
  return kind < 0 ? kinds.length : kind;
});

function niceness(code: number): number {
  return order[code] ?? kinds.length;
}
