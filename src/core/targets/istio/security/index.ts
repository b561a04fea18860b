import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';

/** Who may call whom, and with what identity (PeerAuthentication, RequestAuthentication, AuthorizationPolicy). */
export function security(_ir: Ir, _options: LoweringOptions): readonly Artifact[] {
  return [];
}
