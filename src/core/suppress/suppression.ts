import type { Code } from '../diagnostics/diagnostic.ts';
import type { Location } from '../location.ts';

/** The findings that one `# mesh-ignore` comment suppresses, and the reason. */
export interface Suppression {
  /** The codes with their places in the comment. */
  readonly codes: readonly { readonly code: Code; readonly location: Location }[];
  readonly reason: string;
  /** The last day on which the suppression is valid, `YYYY-MM-DD` (UTC). */
  readonly until?: string;
  /** Place of the comment. */
  readonly location: Location;
  /** The first and last line, counted from 1; a finding that starts there is suppressed. */
  readonly lines: readonly [first: number, last: number];
}
