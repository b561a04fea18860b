import type { Test } from './condition.ts';

/** The part of a request that one value of a variable stands for. */
export type Part =
  | { readonly of: 'method'; readonly method: string }
  | { readonly of: 'path'; readonly path: string }
  | { readonly of: 'query' | 'header' | 'cookie'; readonly name: string; readonly values: readonly string[] }
  | { readonly of: 'token'; readonly token: 'none' | 'invalid' | { readonly issuer: string } }
  | { readonly of: 'claim'; readonly path: readonly string[]; readonly values: readonly string[] }
  | { readonly of: 'address'; readonly address: string | undefined }
  | { readonly of: 'https'; readonly https: boolean };

/** One value of a variable: the answers to the tests, and the part of a request that has them. */
export interface Value {
  /** By the position of the test. */
  readonly answers: readonly boolean[];
  readonly part: Part;
  /** True for the value of a path that no proxy passes on. */
  readonly isUnsafe?: true;
}

/** A variable of requests with all its values: each request has exactly one of them. */
export interface Variable {
  readonly name: string;
  readonly tests: readonly Test[];
  readonly values: readonly Value[];
  /**
   * True for one of several variables of this name: whether the text that `values[1]` has is among those of the request.
   * A test holds if it holds for one of the texts.
   */
  readonly isMember?: true;
}
