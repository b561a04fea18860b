import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { meshOptions } from '../options.ts';
import { EditorSession } from './editor-session.ts';
import type { LspParts } from './lsp-parts.ts';

/** `mesh lsp`: answers an editor over standard input and output, until the editor ends the conversation. */
export async function lsp(invocation: Invocation<'lsp'>, parts: LspParts): Promise<ExitCode> {
  const session = new EditorSession(meshOptions({ ...invocation, arguments: [] }), parts);
  await parts.editor.serve(session);
  session.end();
  return exit.success;
}
