import type { Options } from '../../command-table/invocation.ts';
import { exit } from '../../core/exit-code.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Refusal } from '../../core/refusal.ts';
import { palette } from '../../ui/palette.ts';
import { type PlanTextOptions, planText } from '../../ui/plan-text.ts';
import type { DeliveringParts, ObservingParts } from './delivery-parts.ts';

/** Shows a plan that is about to be carried out. Programs that read events get the plan from `mesh plan`. */
export function showPlan(
  plan: Plan,
  options: Options<'format' | 'quiet' | 'verbose'>,
  { console }: Pick<ObservingParts, 'console'>,
  about: Pick<PlanTextOptions, 'uncompared'> = {},
): void {
  if (options.quiet || (options.format ?? []).includes('ndjson')) return;
  const { verbose = false } = options;
  const columns = console.liveError === undefined ? Number.POSITIVE_INFINITY : console.columns;
  const text = planText(plan, palette(console.errorColour), { ...about, verbose, columns });
  console.error(`${text}\n`);
}

/** Refuses (64) if nobody can be asked and `--yes` is not given. */
export function refuseUnasked(
  options: Options<'input' | 'yes'>,
  { console }: Pick<ObservingParts, 'console'>,
): readonly Refusal[] {
  if (options.yes || (console.inputIsTerminal && options.input !== false)) return [];
  return [
    {
      code: exit.usage,
      message: 'there is no terminal to confirm the plan: --yes carries it out without a question',
    },
  ];
}

/** Asks whether to go on, unless `--yes` is given. */
export async function askForConsent(
  options: Options<'yes'>,
  { console, signal }: Pick<DeliveringParts, 'console' | 'signal'>,
): Promise<boolean> {
  if (options.yes) return true;
  const answer = await console.ask('Carry this out? Only "yes" does: ', signal);
  if (answer === undefined) console.error('\n');
  return answer?.trim() === 'yes';
}
