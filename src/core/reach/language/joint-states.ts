/**
 * The states of several automata that run together, in the order in which they were added. A state is a list of numbers:
 * the state of the domain, then the position and the state of each automaton that isn't dead.
 */
export class JointStates {
  private readonly states: (readonly number[])[] = [];
  private readonly byHash = new Map<number, number | number[]>();
  /** The state that was found last: many characters in a row lead to the same state. */
  private last: readonly number[] = [];

  get count(): number {
    return this.states.length;
  }

  at(index: number): readonly number[] {
    return this.states[index] ?? [];
  }

  /** Returns true if a state was added before. */
  has(state: readonly number[]): boolean {
    if (isEqual(this.last, state)) return true;
    const found = this.byHash.get(hashOf(state));
    const known = (index: number): boolean => {
      const own = this.at(index);
      if (!isEqual(own, state)) return false;
      this.last = own;
      return true;
    };
    if (typeof found === 'number') return known(found);
    return found?.some(known) === true;
  }

  /** Adds a copy of a state that wasn't added before. */
  add(added: readonly number[]): void {
    const state = [...added];
    const hash = hashOf(state);
    const index = this.states.push(state) - 1;
    const known = this.byHash.get(hash);
    if (known === undefined) this.byHash.set(hash, index);
    else if (typeof known === 'number') this.byHash.set(hash, [known, index]);
    else known.push(index);
    this.last = state;
  }
}

function hashOf(state: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const number of state) hash = Math.imul(hash ^ number, 0x01000193);
  return hash;
}

function isEqual(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}
