/** The reason why a text isn't a request, in a sentence that also says what to do. */
export interface Problem {
  readonly problem: string;
}
