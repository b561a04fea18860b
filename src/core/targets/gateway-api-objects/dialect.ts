import type { Feature } from '../../ir/feature.ts';

/** The parts of the Gateway API that an implementation takes. */
export interface Dialect {
  /** Features whose fields are not written: an implementation may refuse a whole route for one of them. */
  lacks(feature: Feature): boolean;
  /** True if routes may have the experimental field `retry`. */
  readonly retryField: boolean;
  /** True if `%` in the value of a header begins a command, and is doubled to stand for itself. */
  readonly doublesPercent: boolean;
  /** True if patterns and other parts that the API leaves to implementations are promised. */
  readonly patterns: boolean;
}
