import type { Code } from '../diagnostics/diagnostic.ts';
import type { Location } from '../location.ts';

/** The findings that one `# mesh-ignore` comment suppresses, and the reason. */
export interface Suppression {
  /** The codes with their places in the comment. */
  readonly codes: readonly { readonly code: Code; readonly location: Location }[];
  readonly reason: string;
  /** The last day on which the suppression holds, `YYYY-MM-DD` (UTC). */
  readonly until?: string;
  /** Place of the comment. */
  readonly location: Location;
  /** The first and last line on which a finding has to start, counted from 1. */
  readonly lines: readonly [first: number, last: number];
}
