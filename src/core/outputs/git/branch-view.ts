import type { DeployedTree } from '../../../ports/deployment-repository.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import type { GitPlace } from './git-place.ts';
import { proposalBranch } from './places.ts';

/** The commits of a Git output. */
export interface BranchView {
  /** The commit of the branch; absent in an empty repository. */
  readonly base?: DeployedTree;
  /** The commit of the branch of proposals, merged or not. */
  readonly proposal?: DeployedTree;
  /** The commit that the output is read from: an open proposal, else that of the branch. */
  readonly tree?: DeployedTree;
  /** True if `tree` is a proposal that isn't merged. */
  readonly isProposed: boolean;
}

/**
 * Fetches the commits of an output. Throws PortError(15) if the branch is missing in a repository that has others: a
 * commit without a parent would begin a second history.
 */
export async function branchView({ repository, branch, propose, inventory }: GitPlace): Promise<BranchView> {
  const proposals = propose ? [proposalBranch(inventory)] : [];
  const { trees, others } = await repository.fetch([branch, ...proposals]);
  const base = trees.get(branch);
  const proposal = proposals.map((name) => trees.get(name)).find((tree) => tree !== undefined);
  if (base === undefined && (propose || others.length > 0)) {
    const there = others.length === 0 ? '' : ` (it has ${others.slice(0, mostNamed).join(', ')})`;
    const why = propose ? 'a proposal needs a branch that it is for' : 'name one that it has';
    throw new PortError(
      `${repository.description} has no branch ${branch}${there}: ${why}, or push a first commit to ${branch}`,
      exit.unreachable,
    );
  }
  const isProposed = proposal !== undefined && lastEpochIn(proposal) > lastEpochIn(base);
  const tree = isProposed ? proposal : base;
  return { ...(base && { base }), ...(proposal && { proposal }), ...(tree && { tree }), isProposed };
}

const mostNamed = 5;

/** Returns the epoch of the last run whose records a commit has; 0 if it has none. */
export function lastEpochIn(tree: DeployedTree | undefined): number {
  let last = 0;
  for (const path of tree?.entries.keys() ?? []) {
    const epoch = journalName.exec(path)?.[1];
    if (epoch !== undefined) last = Math.max(last, Number(epoch));
  }
  return last;
}

/** Of a journal in the memory folder. */
const journalName = /^\.mesh\/journal\.(\d{1,15})$/;
