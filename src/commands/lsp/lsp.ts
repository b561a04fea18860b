import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Editor } from '../../ports/editor.ts';
import type { InGitDirectory } from '../../ports/in-git-directory.ts';
import type { OpenSpecStore } from '../../ports/spec-store.ts';
import { meshOptions } from '../options.ts';
import { EditorSession } from './editor-session.ts';

/** The parts of the world that the command uses. */
export interface LspParts {
  readonly editor: Editor;
  readonly openSpecStore: OpenSpecStore;
  readonly inGitDirectory: InGitDirectory;
  /** Returns the nearest folder, from a file upwards, that holds a mesh.yaml; undefined if there is none. */
  readonly meshRoot: (path: string) => Promise<string | undefined>;
}

/** `mesh lsp`: answers an editor over standard input and output, until the editor ends the conversation. */
export async function lsp(invocation: Invocation<'lsp'>, parts: LspParts): Promise<ExitCode> {
  const session = new EditorSession(meshOptions({ ...invocation, arguments: [] }), parts);
  await parts.editor.serve(session);
  session.end();
  return exit.success;
}
