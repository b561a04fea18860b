/** The numbers behind a verdict; docs/canary-judge.md has the formulas. */
export interface Evidence {
  readonly candidate: ArmTotals;
  readonly baseline: ArmTotals;
}

/** Requests, bad answers and slow requests of one arm since the attempt began. */
export interface ArmTotals {
  readonly requests: number;
  readonly errors: number;
  readonly slow?: number;
  readonly instances: number;
}
