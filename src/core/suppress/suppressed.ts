import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Location } from '../location.ts';

/** A finding that a comment suppresses: it is shown separately, and never fails a command. */
export interface Suppressed {
  readonly diagnostic: Diagnostic;
  /** The reason that the comment gives. */
  readonly reason: string;
  /** The last day on which the comment is valid, `YYYY-MM-DD`; if absent, it is always valid. */
  readonly until?: string;
  /** Place of the comment. */
  readonly comment: Location;
}
