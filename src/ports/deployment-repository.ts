/** The files of a commit below the folder of an output; paths are relative to that folder. */
export interface DeployedTree {
  readonly commit: string;
  readonly entries: ReadonlyMap<string, DeployedEntry>;
  /** The path of the folder, or of one above it, if something else than a folder is there. */
  readonly obstacle?: string;
}

/** A file, or a link, of a commit. */
export interface DeployedEntry {
  /** The id of its content. */
  readonly object: string;
  /** Git's mode: `100644` of a plain file, `120000` of a symbolic link. */
  readonly mode: string;
}

/** The commits that branches lead to. */
export interface FetchedBranches {
  /** By branch; a branch that isn't there is left out. */
  readonly trees: ReadonlyMap<string, DeployedTree>;
  /** Names of branches of a repository in which the asked ones are not; empty if the repository is empty. */
  readonly others: readonly string[];
}

/** A change of a branch in one commit. */
export interface DeployedChange {
  readonly branch: string;
  /** The commit that the branch has to lead to; absent: the branch isn't there. */
  readonly expected?: string;
  /** Parents of the commit: the files of the first of them stay as they are, but for `files`. */
  readonly parents: readonly string[];
  /** New contents by path below the folder: a text, an object that a fetched commit has, or undefined for none. */
  readonly files: ReadonlyMap<string, string | { readonly object: string } | undefined>;
  /** The message, with its trailers. */
  readonly message: string;
  readonly at: Date;
}

/**
 * A repository of Git that a controller pulls from, and the folder in it that an output writes below. Nothing of the
 * repository is checked out and no program that it names runs here. Rejects with a `PortError` of exit code 15 if the
 * repository can't be reached or refuses access, with the words of Git and of the server.
 */
export interface DeploymentRepository {
  /** The address without passwords, for people. */
  readonly description: string;
  /** Asks where branches lead now, and fetches their commits, without their history. */
  fetch(branches: readonly string[]): Promise<FetchedBranches>;
  /** Returns contents of fetched objects as text, in their order; that of a commit is its header and message. */
  read(objects: readonly string[]): Promise<readonly string[]>;
  /**
   * Makes a commit and pushes it, never forced: a branch that no longer leads to `expected` isn't changed, and the
   * answer is undefined. Answers the new commit.
   */
  push(change: DeployedChange): Promise<DeployedTree | undefined>;
}
