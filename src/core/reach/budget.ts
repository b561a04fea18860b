import { Unproved } from './unproved.ts';

/** The most steps of automata and diagrams for one destination: below a second and 200 MB. */
const mostSteps = 4_000_000;

/** The most states of all automata of one destination. */
const mostStates = 60_000;

/** An amount of work. */
export interface Spent {
  readonly steps: number;
  readonly states: number;
}

/** A limit of the work for one destination, counted in steps so that the result doesn't depend on the machine. */
export class Budget {
  private steps: number;
  private states: number;

  constructor(steps = mostSteps, states = mostStates) {
    this.steps = steps;
    this.states = states;
  }

  /** Counts steps. Throws Unproved if too many were made. */
  spend(count: number, subject: string): void {
    this.steps -= count;
    if (this.steps < 0) throw new Unproved(`${subject}: too many cases to compare`);
  }

  /** Counts a new state of an automaton. Throws Unproved if there are too many. */
  state(subject: string): void {
    this.states -= 1;
    if (this.states < 0) throw new Unproved(`${subject}: too many states`);
  }

  /** Returns the work that is left. */
  left(): Spent {
    return { steps: this.steps, states: this.states };
  }

  /** Returns the work that was counted since `left` returned this amount. */
  since({ steps, states }: Spent): Spent {
    return { steps: steps - this.steps, states: states - this.states };
  }

  /** Counts work again. Throws Unproved as `spend` and `state` do. */
  repeat({ steps, states }: Spent, subject: string): void {
    this.spend(steps, subject);
    this.states -= states;
    if (this.states < 0) throw new Unproved(`${subject}: too many states`);
  }
}
