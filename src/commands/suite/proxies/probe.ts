import type { Mismatch } from '../../../core/suite/mismatch.ts';

/** Headers beside those of the request. */
export type Extra = readonly (readonly [string, string])[];

/** Differences that proxies showed, and the expected fields that they don't show. */
export interface Seen {
  readonly found: readonly Mismatch[];
  readonly unseen: readonly string[];
}
