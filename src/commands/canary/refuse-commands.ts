import type { Options } from '../../command-table/invocation.ts';
import type { RunEnd } from '../../core/canary/run/run-end.ts';
import { exit } from '../../core/exit-code.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import { formatOrigin } from '../../core/location.ts';
import type { HookProgram } from '../../ports/hook-program.ts';
import type { OpenedStore } from '../../ports/spec-store.ts';
import type { PlannedSpec } from '../delivery/plan-spec.ts';
import { refuseByRules } from '../delivery/refuse-by-rules.ts';
import { refusedBy } from './refused-by.ts';

/**
 * Returns the reason why the program of a hook may not run: `--allow-commands` is missing, the spec is not the commit
 * that is checked out, the delivery rules of a target refuse the commit, or the program differs from the commit.
 * Returns undefined if all programs may run.
 */
export async function refuseCommands(
  { hooks }: Rollout,
  planned: Pick<PlannedSpec, 'origin' | 'deliveries' | 'wanted'>,
  { store, root }: Pick<OpenedStore, 'store' | 'root'>,
  options: Options<'allowCommands' | 'repo' | 'revision' | 'staged'>,
  program: Pick<HookProgram, 'refusal'>,
): Promise<RunEnd | undefined> {
  const commands = hooks.filter(({ command }) => command !== undefined);
  const [first] = commands;
  if (first === undefined) return undefined;
  const refused = (message: string): RunEnd => ({ exitCode: exit.refused, message });
  const named = `${formatOrigin(first.origin)}: the program ${first.command?.[0] ?? ''} is a hook`;
  if (options.allowCommands !== true)
    return refused(`${named}, and programs of the repository run only with --allow-commands`);
  if (options.repo !== undefined || options.revision !== undefined || options.staged === true)
    return refused(
      `${named}, and only those of the commit that is checked out run: leave --repo, --revision and --staged out`,
    );
  if (planned.origin.commit === undefined || planned.origin.dirty === true)
    return refused(`${named}, and the spec has changes that are not committed: commit them`);
  const [rule] = await refuseByRules(
    { ...planned, deliveries: planned.deliveries } as PlannedSpec,
    true,
    store,
  );
  if (rule !== undefined) return refusedBy(rule);
  for (const { origin, command = [] } of commands) {
    const [name = ''] = command;
    const why = await program.refusal(root, name);
    if (why !== undefined)
      return refused(`${formatOrigin(origin)}: the program ${name} does not run as a hook: ${why}`);
  }
  return undefined;
}
