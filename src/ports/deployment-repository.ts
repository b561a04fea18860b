/** The files of a commit below the folder of an output; paths are relative to that folder. */
export interface DeployedTree {
  readonly commit: string;
  readonly entries: ReadonlyMap<string, DeployedEntry>;
  /** The path of the folder or of a folder above it, if the commit has something else than a folder there. */
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
  /** The trees by branch; branches that don't exist are left out. */
  readonly trees: ReadonlyMap<string, DeployedTree>;
  /** The names of other branches if no asked branch exists; empty in an empty repository. */
  readonly others: readonly string[];
}

/** A commit that changed a file. */
export interface FileCommit {
  readonly commit: string;
  /** `name <email>`, as the commit says. */
  readonly author: string;
  /** The time of authorship; ISO 8601 with its zone. */
  readonly time: string;
  readonly subject: string;
}

/** A change of a branch in one commit. */
export interface DeployedChange {
  readonly branch: string;
  /** The commit that the branch must lead to; if absent, the branch must not exist. */
  readonly expected?: string;
  /** The parents of the commit. The files of the first parent stay, except those in `files`. */
  readonly parents: readonly string[];
  /** New contents by path below the folder: a text, an object of a fetched commit, or undefined to delete the file. */
  readonly files: ReadonlyMap<string, string | { readonly object: string } | undefined>;
  /** The message, with its trailers. */
  readonly message: string;
  readonly at: Date;
}

/**
 * A repository of Git that a controller pulls from, and the folder in it that an output writes below. Nothing of the
 * repository is checked out and no program that it names runs here. Throws PortError(15) if the repository can't be
 * reached or refuses access, with the words of Git and of the server.
 */
export interface DeploymentRepository {
  /** The address without passwords, for messages. */
  readonly description: string;
  /** Asks for the present commits of branches and fetches them without their history. */
  fetch(branches: readonly string[]): Promise<FetchedBranches>;
  /**
   * Returns the contents of fetched objects as text, in their order. The content of a commit is its header and message.
   */
  read(objects: readonly string[]): Promise<readonly string[]>;
  /**
   * Returns the newest commit of a branch, from `tip` on, that changed each of some files (paths below the folder, of
   * files that may be gone). Fetches as much of the history as it needs, up to a thousand commits; leaves out a file
   * that none of these commits changed.
   */
  lastCommits(
    branch: string,
    tip: string,
    files: readonly string[],
  ): Promise<ReadonlyMap<string, FileCommit>>;
  /**
   * Makes a commit and pushes it without force. Returns the new commit; returns undefined and changes nothing if the
   * branch no longer leads to `expected`.
   */
  push(change: DeployedChange): Promise<DeployedTree | undefined>;
}
