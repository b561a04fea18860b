/** A file of a repository, of any kind. */
export interface RepositoryFile {
  /** Relative to the top of the repository, `/`-separated. */
  readonly file: string;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** The choice of a repository's content; without either field, the working tree. */
export interface ContentChoice {
  /** A folder in the repository. */
  readonly folder: string;
  readonly staged?: boolean;
  readonly revision?: string;
}

/** The content of a repository. */
export interface RepositoryContent {
  /** The top of the repository, absolute. */
  readonly root: string;
  /** Yields the files for which `isWanted` returns true. */
  readonly files: (isWanted: (file: string) => boolean) => AsyncIterable<RepositoryFile>;
}

/** Opens the content that a choice names; throws a `PortError`. */
export type OpenRepositoryContent = (choice: ContentChoice) => Promise<RepositoryContent>;
