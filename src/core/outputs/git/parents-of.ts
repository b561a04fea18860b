import type { DeployedTree } from '../../../ports/deployment-repository.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { BranchView } from './branch-view.ts';
import type { CommitReader } from './commit-reader.ts';
import { landingIn } from './landing-in.ts';
import { proposalBranch } from './places.ts';

/**
 * Returns the parents of the next commit. A commit on a branch has the branch's tip as its parent. A proposal has the
 * tip of the branch and the previous proposal as parents, so that it moves the branch of proposals without force. If an
 * open proposal contains the tip of the branch already, it is the only parent.
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
  // No history is fetched, so only both parents show Git that the branch of proposals moves forward.
  return [base.commit, proposal.commit];
}

async function headerOf(session: CommitReader, { commit }: DeployedTree) {
  const [text = ''] = await session.texts([commit]);
  const end = text.indexOf('\n\n');
  const parents = [...text.slice(0, end).matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = '']) => parent);
  return { parents, run: /^Mesh-Run: (\S+)$/m.exec(text.slice(end))?.[1] };
}
