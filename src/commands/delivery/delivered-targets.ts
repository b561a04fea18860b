import type { OptionsOf } from '../../command-table/invocation.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { finding } from '../../core/diagnostics/message.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { TargetConfig } from '../../core/ir/target-config.ts';
import { messages } from '../../core/plan/messages.ts';
import { locatePath } from '../../core/source/locate.ts';
import type { Spec } from '../../core/spec/spec.ts';
import { chosenTargets } from '../chosen-targets.ts';
import { type DeliveredTarget, isDelivered } from './open-output.ts';

/**
 * Returns the chosen targets in the order of the Mesh document, and for each target that can't be delivered the reason.
 */
export function deliveredTargets(
  spec: Spec,
  ir: Ir,
  options: Pick<OptionsOf<'apply'>, 'target'>,
): { readonly chosen: readonly DeliveredTarget[]; readonly diagnostics: readonly Diagnostic[] } {
  const names = new Set(chosenTargets(ir, options.target ?? []));
  const meant = Object.keys(spec.mesh.value.spec.targets ?? {}).flatMap((name) => {
    const target = ir.targets[name];
    return target !== undefined && names.has(name) ? [target] : [];
  });
  return {
    chosen: meant.filter(isDelivered),
    diagnostics: meant.flatMap((target) => (isDelivered(target) ? [] : [refusal(spec, target)])),
  };
}

function refusal(spec: Spec, { name }: TargetConfig): Diagnostic {
  const location = locatePath(spec.mesh.value, ['spec', 'targets', name, 'output']);
  return finding(messages, 'MESH4001', location, { target: name });
}
