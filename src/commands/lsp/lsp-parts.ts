import type { Editor } from '../../ports/editor.ts';
import type { InGitDirectory } from '../../ports/in-git-directory.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';

/** The parts of the world that the command uses. */
export interface LspParts {
  readonly editor: Editor;
  readonly openSpecStore: OpenSpecStore;
  readonly inGitDirectory: InGitDirectory;
  /** Returns the nearest folder, from a file upwards, that holds a mesh.yaml; undefined if there is none. */
  readonly meshRoot: (path: string) => Promise<string | undefined>;
}
