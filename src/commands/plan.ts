import type { ExitCode } from '../core/exit-code.ts';
import { isWorkToDo } from '../core/plan/plan-target.ts';
import type { Invocation } from '../program.ts';
import { planJson } from '../ui/plan-json.ts';
import { planText } from '../ui/plan-text.ts';
import { conflictCode } from './delivery/conflict-code.ts';
import type { ObservingParts } from './delivery/delivery-parts.ts';
import { plannedSpec } from './delivery/planned-spec.ts';
import { answer, wantedFormats } from './formats.ts';
import { given, meshOptions } from './options.ts';
import { withStore } from './with-store.ts';

const changes = 2;

/** `mesh plan`: what an apply would do to each output, without doing it. */
export async function plan(invocation: Invocation, parts: ObservingParts): Promise<ExitCode> {
  wantedFormats(invocation);
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const planned = await plannedSpec(opened, invocation, parts);
    if ('exitCode' in planned) return planned.exitCode;
    const verbose = given(invocation, 'verbose');
    const renderers = {
      text: (colours: Parameters<typeof planText>[1]) => planText(planned.plan, colours, { verbose }),
      json: () => planJson(planned.plan),
    };
    await answer(invocation, renderers, parts);
    const conflict = conflictCode(planned.deliveries);
    if (conflict !== 0) return conflict;
    const changed = planned.deliveries.some((delivery) => isWorkToDo(delivery.plan));
    return changed && given(invocation, 'detailedExitcode') ? changes : 0;
  });
}
