import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';

/** What ambient needs beside the objects of both modes (waypoints). */
export function ambient(_ir: Ir, _options: LoweringOptions): readonly Artifact[] {
  return [];
}
