/** What was said by hand: nothing implies it. */
export interface Allowances {
  /** Percent of an inventory that may be deleted. */
  readonly prunePercent?: number;
  /** What exists and is taken over, by the names that conflicts give. */
  readonly adopt: readonly string[];
}
