import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { entrances } from './entrances.ts';
import { externalCallers } from './external-callers.ts';
import { hidden } from './hidden.ts';
import { waypoints } from './waypoints.ts';

/** Returns the objects that only ambient needs: waypoints, and policies against bypassing them. */
export function ambient(ir: Ir, { mode }: LoweringOptions): readonly Artifact[] {
  return mode === 'ambient'
    ? [...waypoints(ir), ...entrances(ir), ...hidden(ir), ...externalCallers(ir)]
    : [];
}
