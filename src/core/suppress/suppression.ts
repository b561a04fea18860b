import type { Code } from '../diagnostics/diagnostic.ts';
import type { Location } from '../location.ts';

/** What one `# mesh-ignore` comment suppresses, and why. */
export interface Suppression {
  /** The codes with their places in the comment. */
  readonly codes: readonly { readonly code: Code; readonly location: Location }[];
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD` (UTC). */
  readonly until?: string;
  /** Where the comment stands. */
  readonly location: Location;
  /** The first and last line on which a finding has to start, counted from 1. */
  readonly lines: readonly [first: number, last: number];
}
