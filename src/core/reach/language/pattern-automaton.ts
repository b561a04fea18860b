import { compilePattern } from '../../lib/compile-pattern.ts';
import type { Budget } from '../budget.ts';
import { Unproved } from '../unproved.ts';
import { type Automaton, dead } from './automaton.ts';

/** An instruction of a compiled pattern. */
interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  matchRune(rune: number): boolean;
}

/** The operations of compiled patterns (RE2's program). */
const op = {
  alternative: 1,
  alternativeMatch: 2,
  capture: 3,
  assertion: 4,
  fail: 5,
  match: 6,
  nothing: 7,
  rune: 8,
  rune1: 9,
  any: 10,
  anyButNewline: 11,
} as const;

/** The assertions of RE2: begin and end of line, begin and end of text, word boundary and its opposite. */
const assertion = {
  beginLine: 1,
  endLine: 2,
  beginText: 4,
  endText: 8,
  boundary: 16,
  noBoundary: 32,
} as const;

/** The character before a position: none, a word character, a newline, or another one. */
const before = { none: 0, word: 1, newline: 2, other: 3 } as const;

/** Returns an automaton for a regular expression of RE2 over bytes that matches the whole text. */
export function patternAutomaton(pattern: string, budget: Budget): Automaton {
  const { prog } = compilePattern(pattern).re2Input as {
    readonly prog: { readonly inst: readonly Instruction[]; readonly start: number };
  };
  return new PatternAutomaton(pattern, prog.inst, prog.start, budget);
}

class PatternAutomaton implements Automaton {
  readonly start: number;
  readonly cuts: ReadonlySet<number>;
  private readonly sets: (readonly number[])[] = [];
  private readonly contexts: number[] = [];
  private readonly known = new Map<string, number>();
  private readonly steps = new Map<number, number>();
  private readonly isAsserting: boolean;
  private readonly program: readonly Instruction[];
  private readonly budget: Budget;
  private readonly subject: string;

  constructor(pattern: string, program: readonly Instruction[], start: number, budget: Budget) {
    this.subject = `the regular expression ${JSON.stringify(pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern)}`;
    this.program = program;
    this.budget = budget;
    this.isAsserting = program.some((one) => one.op === op.assertion);
    this.cuts = new Set(program.flatMap((one) => (isRune(one) ? changes(one) : [])));
    this.start = this.state([start], before.none);
  }

  step(state: number, code: number): number {
    const key = state * 256 + code;
    const known = this.steps.get(key);
    if (known !== undefined) return known;
    const context = this.contexts[state] ?? before.none;
    const next = this.closure(state, this.isAsserting ? flagsBetween(context, contextOf(code)) : 0)
      .filter((one) => isRune(one) && reads(one, code))
      .map(({ out }) => out);
    const result = this.state(next, this.isAsserting ? contextOf(code) : before.none);
    this.steps.set(key, result);
    return result;
  }

  accepts(state: number): boolean {
    if (state === dead) return false;
    const context = this.contexts[state] ?? before.none;
    return this.closure(state, flagsBetween(context, before.none)).some((one) => one.op === op.match);
  }

  private state(positions: readonly number[], context: number): number {
    if (positions.length === 0) return dead;
    const set = [...new Set(positions)].sort((a, b) => a - b);
    const key = `${String(context)}:${set.join(',')}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.budget.state(this.subject);
    this.sets.push(set);
    this.contexts.push(context);
    this.known.set(key, this.sets.length - 1);
    return this.sets.length - 1;
  }

  /** Returns the instructions that read a character or match, reachable where these assertions hold. */
  private closure(state: number, flags: number): readonly Instruction[] {
    const open = [...(this.sets[state] ?? [])];
    const seen = new Set<number>(open);
    const found: Instruction[] = [];
    const visit = (position: number): void => {
      if (!seen.has(position)) {
        seen.add(position);
        open.push(position);
      }
    };
    for (let position = open.pop(); position !== undefined; position = open.pop()) {
      const one = this.program[position];
      if (one === undefined) continue;
      this.follow(one, flags, found, visit);
    }
    this.budget.spend(seen.size, this.subject);
    return found;
  }

  private follow(one: Instruction, flags: number, found: Instruction[], visit: (to: number) => void): void {
    switch (one.op) {
      case op.alternative:
      case op.alternativeMatch:
        visit(one.out);
        visit(one.arg);
        return;
      case op.capture:
      case op.nothing:
        visit(one.out);
        return;
      case op.assertion:
        if ((one.arg & ~flags) === 0) visit(one.out);
        return;
      case op.fail:
        return;
      case op.match:
      case op.rune:
      case op.rune1:
      case op.any:
      case op.anyButNewline:
        found.push(one);
        return;
    }
    throw new Unproved(`${this.subject} isn't read by the comparison`);
  }
}

function isRune({ op: code }: Instruction): boolean {
  return code === op.rune || code === op.rune1 || code === op.any || code === op.anyButNewline;
}

function reads(one: Instruction, code: number): boolean {
  if (one.op === op.any) return true;
  return one.op === op.anyButNewline ? code !== newline : one.matchRune(code);
}

const newline = 10;

function changes(one: Instruction): readonly number[] {
  const cuts: number[] = [];
  for (let code = 1; code < 256; code += 1) if (reads(one, code) !== reads(one, code - 1)) cuts.push(code);
  return cuts;
}

function contextOf(code: number): number {
  if (code === newline) return before.newline;
  return /\w/.test(String.fromCharCode(code)) ? before.word : before.other;
}

/** Returns the assertions that hold between two characters; `none` is the edge of the text. */
function flagsBetween(left: number, right: number): number {
  const edge = (left === before.word) === (right === before.word) ? assertion.noBoundary : assertion.boundary;
  return (
    edge |
    (left === before.none ? assertion.beginText | assertion.beginLine : 0) |
    (left === before.newline ? assertion.beginLine : 0) |
    (right === before.none ? assertion.endText | assertion.endLine : 0) |
    (right === before.newline ? assertion.endLine : 0)
  );
}
