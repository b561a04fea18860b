import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { entrances } from './entrances.ts';
import { externalCallers } from './external-callers.ts';
import { hidden } from './hidden.ts';
import { waypoints } from './waypoints.ts';

/**
 * Returns the objects that ambient needs beside those of both modes: waypoints, and policies against going around them.
 */
export function ambient(ir: Ir, { mode }: LoweringOptions): readonly Artifact[] {
  return mode === 'ambient'
    ? [...waypoints(ir), ...entrances(ir), ...hidden(ir), ...externalCallers(ir)]
    : [];
}
