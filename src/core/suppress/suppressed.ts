import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Location } from '../location.ts';

/** A finding that a comment takes out of the count: it is told apart, and never fails a command. */
export interface Suppressed {
  readonly diagnostic: Diagnostic;
  /** The reason that the comment gives. */
  readonly reason: string;
  /** The last day on which the comment holds, `YYYY-MM-DD`; without one it holds for good. */
  readonly until?: string;
  /** Place of the comment. */
  readonly comment: Location;
}
