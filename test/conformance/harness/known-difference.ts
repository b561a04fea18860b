import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';

/** A difference between a mesh and `decide` that the language page or the target's notes name. */
export interface KnownDifference {
  readonly name: string;
  readonly why: string;
  /** True for a race, which a run may show or not. */
  readonly sometimes?: true;
  /**
   * Returns true if a difference is this one. Compares outcome and answer, never the name of the case or the request.
   */
  takes(difference: string, outcome: Outcome, request: Request, ir: Ir): boolean;
}
