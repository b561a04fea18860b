import { exit } from '../../core/exit-code.ts';
import type { FileChange } from '../../core/plan/plan.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { PlannedDelivery } from './plan-deliveries.ts';

/** Refuses a run that would overwrite something that isn't ours (7), or that the place itself would refuse (1). */
export function refuseConflicts(
  planned: readonly Pick<PlannedDelivery, 'name' | 'plan'>[],
): readonly Refusal[] {
  const found = planned.flatMap(({ name, plan }) =>
    plan.files.filter(({ op }) => op === 'conflict').map((file) => ({ file, text: textOf(name, file) })),
  );
  const ofRefusals = found.filter(({ file }) => file.isRefused);
  const ofOthers = found.filter(({ file }) => !file.isRefused);
  return [
    ...refusal(exit.foreign, 'something that exists is not ours', ofOthers),
    ...refusal(exit.failed, 'the cluster would refuse what the spec wants', ofRefusals),
  ];
}

function refusal(
  code: Refusal['code'],
  message: string,
  found: readonly { readonly text: string }[],
): readonly Refusal[] {
  return found.length === 0 ? [] : [{ code, message, details: found.map(({ text }) => text) }];
}

function textOf(target: string, { path, why = '', ways = [] }: FileChange): string {
  const out = ways.length === 0 ? '' : `: ${ways.join('; or ')}`;
  return `target ${target}: ${path}: ${why}${out}`;
}
