import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import { formatOrigin } from '../../core/location.ts';
import { decode } from '../../core/source/decode.ts';
import type { CommitFiles, FileChange } from '../../ports/commit-files.ts';
import { PortError } from '../../ports/port-error.ts';
import type { OpenedStore } from '../../ports/spec-store.ts';
import { promotionPatch } from '../../ui/canary/promotion-patch.ts';
import { type Answering, isForPeople } from '../formats.ts';
import { meshOptions } from '../options.ts';
import { promotionChange } from './promotion-change.ts';

/** The parts of the world that a permanent promotion needs. */
export interface PromotionParts extends Pick<Answering, 'console'> {
  readonly commitFiles: CommitFiles;
}

/**
 * Prints the patch that makes a promotion permanent in the spec; with `--commit` commits the change instead. Returns 1
 * if the commit fails.
 */
export async function tellPromotion(
  { store, root }: OpenedStore,
  rollout: Rollout,
  invocation: Invocation<'canary run'>,
  { console, commitFiles }: PromotionParts,
): Promise<ExitCode> {
  const files = await promotionChange(store, meshOptions(invocation), rollout);
  const { id, from, to, origin } = rollout;
  if (files === undefined) {
    console.error(
      `${formatOrigin(origin)}: mesh can't make the promotion permanent here: remove Rollout ${id}, and name ${to} in place of ${from} in the rules of ${rollout.services.join(', ')}; then run mesh apply\n`,
    );
    return invocation.commit === true ? exit.failed : exit.success;
  }
  if (invocation.commit === true) return committed(root, rollout, files, { console, commitFiles });
  console.error(
    'The spec does not have the promotion yet: make this change (mesh canary run --commit commits it), then run mesh apply\n',
  );
  if (isForPeople(invocation)) console.out(patchOf(files), 'verbatim');
  else console.error(patchOf(files));
  return exit.success;
}

async function committed(
  root: string,
  { id, to }: Rollout,
  files: readonly FileChange[],
  { console, commitFiles }: PromotionParts,
): Promise<ExitCode> {
  try {
    const message = `Promote ${to} as Rollout ${id} did\n\nThe rules name ${to}, and the Rollout is over.\n`;
    const commit = await commitFiles(root, files, message);
    const names = files.map(({ file }) => file).join(', ');
    console.error(`committed ${commit.slice(0, 12)}: ${names}; mesh apply clears the record\n`);
    return exit.success;
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    console.error(`${to} is promoted, and not committed: ${error.message}\n`);
    return exit.failed;
  }
}

function patchOf(files: readonly FileChange[]): string {
  return promotionPatch(
    files.map(({ file, before, text }) => ({
      file,
      before: decode(before).text,
      ...(text !== undefined && { after: text }),
    })),
  );
}
