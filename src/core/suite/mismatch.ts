/** A field of an outcome that differs from its expectation; both in words of the spec. */
export interface Mismatch {
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}
