import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';

/** What proxies report (Telemetry). */
export function telemetry(_ir: Ir, _options: LoweringOptions): readonly Artifact[] {
  return [];
}
