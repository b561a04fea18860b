/** Installed programs, and facts about folders. */
export interface Machine {
  /** Version of Node.js. */
  readonly node: string;
  /** Returns undefined if there is no Git. */
  git(): Promise<string | undefined>;
  /** Returns the Envoy of ENVOY, of the PATH, or of this tool's cache; undefined if there is none. */
  envoy(): Promise<FoundEnvoy | undefined>;
  folder(root: string, path: string): Promise<FolderState>;
}

/** An Envoy on this machine. */
export interface FoundEnvoy {
  readonly path: string;
  /** Absent if the Envoy did not print one. */
  readonly version?: string;
}

/** The state of a folder that a target writes to. */
export interface FolderState {
  /** Absolute. */
  readonly path: string;
  readonly exists: boolean;
  /** True if this user may write the folder, or make it. */
  readonly writable: boolean;
  /** Name of the file system if other machines share it. */
  readonly sharedBy?: string;
}
