import type { Invocation } from '../../command-table/invocation.ts';
import type { SavedPlan } from '../../core/plan/saved-plan.ts';
import { UsageError } from '../../core/usage-error.ts';
import type { ObservingParts } from './delivery-parts.ts';

/** A saved plan to carry out, and the invocation with the options of the plan. */
export interface ApprovedPlan {
  readonly saved: SavedPlan;
  readonly invocation: Invocation<'apply'>;
}

/** The options that choose the content of a plan: a saved plan contains them. */
const planning: readonly (readonly [
  name: 'adopt' | 'allowPrunePercent' | 'takeOwnership' | 'target',
  flag: string,
])[] = [
  ['target', '--target'],
  ['adopt', '--adopt'],
  ['takeOwnership', '--take-ownership'],
  ['allowPrunePercent', '--allow-prune-percent'],
];

/**
 * Reads the plan that `apply PLAN` names, if it names one; throws a UsageError (64) for options that would change the
 * plan.
 */
export async function readApprovedPlan(
  invocation: Invocation<'apply'>,
  parts: Pick<ObservingParts, 'readNamedFile'>,
): Promise<ApprovedPlan | undefined> {
  const [file] = invocation.arguments;
  if (typeof file !== 'string') {
    if (invocation.planId !== undefined)
      throw new UsageError('--plan-id says which saved plan is meant: name its file, too');
    return undefined;
  }
  for (const [name, flag] of planning) {
    if (invocation[name] !== undefined)
      throw new UsageError(`a saved plan is carried out as it is: leave ${flag} out`);
  }
  const saved = await readPlanFile(file, parts);
  const { environment, allowed } = saved.checks;
  const env = invocation.env ?? environment;
  if (env !== environment)
    throw new UsageError(
      `${file} is a plan for the environment ${JSON.stringify(environment)}: leave --env out`,
    );
  const { env: _, ...others } = invocation;
  return {
    saved,
    invocation: {
      ...others,
      arguments: [undefined],
      target: Object.keys(saved.checks.targets),
      adopt: allowed.adopt,
      ...(allowed.take && { takeOwnership: allowed.take }),
      ...(allowed.prunePercent !== undefined && { allowPrunePercent: String(allowed.prunePercent) }),
      // People have approved the plan already.
      yes: true,
      ...(environment !== 'default' && { env: environment }),
    },
  };
}

/** Reads the file of a saved plan. */
export async function readPlanFile(
  file: string,
  { readNamedFile }: Pick<ObservingParts, 'readNamedFile'>,
): Promise<SavedPlan> {
  if (file === '-') throw new UsageError('a plan is read from a file, not from standard input');
  const text = await readNamedFile(file);
  const { readSavedPlan } = await import('../../core/plan/read-saved-plan.ts');
  return readSavedPlan(file, text);
}
