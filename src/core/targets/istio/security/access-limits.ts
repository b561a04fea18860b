import type { Ir } from '../../../ir/ir.ts';
import type { Limit } from '../../target.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import type { Guarded } from './guarded.ts';
import { guards } from './guards.ts';
import { lowerRules } from './rules.ts';

/** What policies can't say of who may call; they refuse more there, never less. */
export function accessLimits(ir: Ir, options: LoweringOptions): readonly Limit[] {
  return guards(ir, options).flatMap((guarded) => [
    ...lowerRules(guarded.access.allow, 'allow', guarded).lost,
    ...lowerRules(guarded.access.deny, 'deny', guarded).lost,
    ...sharedPods(guarded),
  ]);
}

/** An open service shares pods with a closed one: it has no rule that could tell. */
function sharedPods({ access, ports, origin }: Guarded): readonly Limit[] {
  if (access.closed || !ports.some(({ shared }) => shared)) return [];
  return [
    {
      feature: 'access.identity',
      reason: 'its pods serve another service at the same port, which is closed, and Istio guards pods',
      callers: 'calls that nobody refuses in the spec are refused with 403',
      origin,
    },
  ];
}
