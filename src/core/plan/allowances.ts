/** Allowances that a user gave explicitly; no other option implies one. */
export interface Allowances {
  /** Percent of an inventory that may be deleted. */
  readonly prunePercent?: number;
  /** Refs of existing objects to take over, as conflicts name them. */
  readonly adopt: readonly string[];
  /** Fields to take from other managers, each as `<ref>:<field>`. Absent: none. */
  readonly take?: readonly string[];
}
