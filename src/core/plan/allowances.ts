/** Allowances that a user gave explicitly; no other option implies an allowance. */
export interface Allowances {
  /** The percentage of an inventory that may be deleted. */
  readonly prunePercent?: number;
  /** Refs of existing objects to take over, in the form that conflicts name them. */
  readonly adopt: readonly string[];
  /** Fields to take from other managers, each as `<ref>:<field>`; none if absent. */
  readonly take?: readonly string[];
}
