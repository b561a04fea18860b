/**
 * A deterministic automaton over characters 0 to 255 whose states appear as they are asked for. A state is a number;
 * `dead` accepts no continuation.
 */
export interface Automaton {
  readonly start: number;
  /** Characters at which the behaviour changes: `c` is in it if `c - 1` and `c` may be read differently. */
  readonly cuts: Iterable<number>;
  step(state: number, code: number): number;
  accepts(state: number): boolean;
}

/** The state from which nothing is accepted. */
export const dead = -1;

/** Returns the characters of a text, each by its number. */
export function codesOf(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

/** Returns the cuts that separate each character of a text from all others. */
export function cutsOf(text: string): readonly number[] {
  return codesOf(text).flatMap((code) => [code, code + 1]);
}
