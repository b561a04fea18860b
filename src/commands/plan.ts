import { isWorkToDo } from '../core/plan/plan-target.ts';
import type { Invocation } from '../program.ts';
import { palette } from '../ui/palette.ts';
import { planJson } from '../ui/plan-json.ts';
import { planText } from '../ui/plan-text.ts';
import { conflictCode } from './delivery/conflict-code.ts';
import type { ObservingParts } from './delivery/delivery-parts.ts';
import { plannedSpec } from './delivery/planned-spec.ts';
import { given, values } from './options.ts';

const changes = 2;

/** `mesh plan`: what an apply would do to each output, without doing it. */
export async function plan(invocation: Invocation, parts: ObservingParts): Promise<number> {
  const planned = await plannedSpec(invocation, parts);
  if ('exitCode' in planned) return planned.exitCode;
  const { console } = parts;
  if (values(invocation, 'format').includes('json')) console.out(planJson(planned.plan));
  else
    console.out(
      planText(planned.plan, palette(console.outColour), { verbose: given(invocation, 'verbose') }),
    );
  await planned.opened.dispose();
  const conflict = conflictCode(planned.deliveries);
  if (conflict !== 0) return conflict;
  const changed = planned.deliveries.some((delivery) => isWorkToDo(delivery.plan));
  return changed && given(invocation, 'detailedExitcode') ? changes : 0;
}
