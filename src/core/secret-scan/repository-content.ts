/** A file of a repository, of any kind. */
export interface RepositoryFile {
  /** Relative to the top of the repository, `/`-separated. */
  readonly file: string;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** The content of a repository to read; without either, the working tree. */
export interface ContentChoice {
  /** A folder in the repository. */
  readonly folder: string;
  readonly staged?: boolean;
  readonly revision?: string;
}

/** The content of a repository. */
export interface RepositoryContent {
  /** Absolute: the top of the repository. */
  readonly root: string;
  /** The files of which `isWanted` is true. */
  readonly files: (isWanted: (file: string) => boolean) => AsyncIterable<RepositoryFile>;
}

/** Opens the content that a choice names; rejects with a `PortError`. */
export type OpenRepositoryContent = (choice: ContentChoice) => Promise<RepositoryContent>;
