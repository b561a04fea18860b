/** Allowances given by hand; nothing implies one. */
export interface Allowances {
  /** Percent of an inventory that may be deleted. */
  readonly prunePercent?: number;
  /** Existing objects to take over, by the names that conflicts give. */
  readonly adopt: readonly string[];
  /** Fields to take from other managers, each as `<ref>:<field>`. Absent: none. */
  readonly take?: readonly string[];
}
