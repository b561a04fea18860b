/** The reason for which a text is no request, in a sentence with the way out. */
export interface Problem {
  readonly problem: string;
}
