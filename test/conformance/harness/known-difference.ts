import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';

/** A difference between a mesh and `decide` that the language page or the target's notes name. */
export interface KnownDifference {
  readonly name: string;
  readonly why: string;
  /** It is a race, so that a run may meet it or not. */
  readonly sometimes?: true;
  /**
   * Returns true if a difference is this one. Looks at outcome and answer, never at the name of the case or the
   * request.
   */
  takes(difference: string, outcome: Outcome, request: Request, ir: Ir): boolean;
}
