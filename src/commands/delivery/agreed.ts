import type { Plan } from '../../core/plan/plan.ts';
import { PortError } from '../../ports.ts';
import type { Invocation } from '../../program.ts';
import { palette } from '../../ui/palette.ts';
import { planText } from '../../ui/plan-text.ts';
import { given, values } from '../options.ts';
import type { ObservingParts } from './delivery-parts.ts';

const usage = 64;

/** Shows a plan that is about to be carried out; machines that follow events get it from `mesh plan`. */
export function showPlan(
  plan: Plan,
  invocation: Invocation,
  { console }: Pick<ObservingParts, 'console'>,
): void {
  if (given(invocation, 'quiet') || values(invocation, 'format').includes('ndjson')) return;
  console.error(
    `${planText(plan, palette(console.errorColour), { verbose: given(invocation, 'verbose') })}\n`,
  );
}

/** Asks whether to go on; without a terminal `--yes` has to answer. */
export async function agreed(
  invocation: Invocation,
  { console }: Pick<ObservingParts, 'console'>,
): Promise<boolean> {
  if (given(invocation, 'yes')) return true;
  if (!console.inputIsTerminal || invocation.options['input'] === false) {
    throw new PortError('nobody can be asked here: --yes carries the plan out unasked', usage);
  }
  const answer = await console.ask('Carry this out? Only "yes" does: ');
  return answer.trim() === 'yes';
}
