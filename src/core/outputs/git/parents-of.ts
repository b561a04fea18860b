import type { DeployedTree } from '../../../ports/deployment-repository.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { BranchView } from './branch-view.ts';
import type { CommitReader } from './commit-reader.ts';
import { landingIn } from './landing-in.ts';
import { proposalBranch } from './places.ts';

/**
 * Returns the parents of the next commit. One of a branch follows its tip. One of a proposal follows the branch first, and the proposals before it, so that
 * it moves their branch without force; an open proposal that has all of the branch is simply followed.
 */
export async function parentsOf(
  session: CommitReader,
  { base, proposal, isProposed }: BranchView,
): Promise<readonly string[]> {
  if (base === undefined) return [];
  if (proposal === undefined || proposal.commit === base.commit) return [base.commit];
  const landing = await landingIn(session, proposal);
  const header = await headerOf(session, proposal);
  const isFresh = landing?.base === base.commit || header.parents.includes(base.commit);
  if (isProposed && isFresh) return [proposal.commit];
  if (isProposed && landing !== undefined && header.run !== landing.run)
    throw new PortError(
      `${session.branchName()} has moved on, and others have committed to ${proposalBranch(session.place.inventory)}: merge ${session.place.branch} into it, and run again`,
      exit.foreign,
    );
  // Git fetches no history, and without both parents it can't see that the branch of proposals moves forward.
  return [base.commit, proposal.commit];
}

async function headerOf(session: CommitReader, { commit }: DeployedTree) {
  const [text = ''] = await session.texts([commit]);
  const end = text.indexOf('\n\n');
  const parents = [...text.slice(0, end).matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = '']) => parent);
  return { parents, run: /^Mesh-Run: (\S+)$/m.exec(text.slice(end))?.[1] };
}
