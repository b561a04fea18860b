import type { FoundEnvoy } from '../core/doctor/envoy-check.ts';
import type { FolderState } from '../core/doctor/output-check.ts';

/** What is installed here, and what folders are like. */
export interface Machine {
  /** Version of Node.js. */
  readonly node: string;
  /** Nothing where there is no Git. */
  git(): Promise<string | undefined>;
  /** The Envoy of ENVOY, of the PATH, or of this tool's cache. */
  envoy(): Promise<FoundEnvoy | undefined>;
  folder(root: string, path: string): Promise<FolderState>;
}
