/** Why something is no request, in a sentence that says the way out. */
export interface Problem {
  readonly problem: string;
}
