import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';

/** What nothing but an EnvoyFilter can say. */
export function filters(_ir: Ir, _options: LoweringOptions): readonly Artifact[] {
  return [];
}
