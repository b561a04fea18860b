import path from 'node:path';
import type { Invocation } from '../command-table/invocation.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { append } from '../core/lib/append.ts';
import { glob } from '../core/lib/glob.ts';
import type { OpenRepositoryContent } from '../core/secret-scan/repository-content.ts';
import { searchFile } from '../core/secret-scan/search-file.ts';
import { UsageError } from '../core/usage-error.ts';
import type { Findings } from '../ui/findings/findings.ts';
import { quantity } from '../ui/quantity.ts';
import { findingFormats } from './finding-formats.ts';
import { type Answering, answer, isForPeople, wantedFormats } from './formats.ts';
import { failOn, fails, showFindings } from './linked-mesh.ts';
import { meshOptions } from './options.ts';

/** The parts of the world that the command uses. */
export interface KeysCheckParts extends Answering {
  readonly repositoryContent: OpenRepositoryContent;
  readonly workingDirectory: string;
  /** Version of this tool. */
  readonly version: string;
}

/** `mesh keys check [FILES…]`: finds every plain private key in the repository. */
export async function keysCheck(
  invocation: Invocation<'keys check'>,
  parts: KeysCheckParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const { root: asked, staged, revision, repo } = meshOptions(invocation);
  if (repo !== undefined)
    throw new UsageError(
      'keys check reads the repository of this folder: clone the other one and run it there',
    );
  if (staged && revision !== undefined)
    throw new UsageError('--staged and --revision exclude each other: give one');
  const folder = path.resolve(parts.workingDirectory, asked ?? '.');
  const content = await parts.repositoryContent({
    folder,
    ...(staged && { staged }),
    ...(revision !== undefined && { revision }),
  });
  const files: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const below = invocation.arguments
    .flat()
    .map((name) => path.resolve(parts.workingDirectory, name))
    .map((name) => path.relative(content.root, name).split(path.sep).join('/'));
  for await (const { file, chunks } of content.files(searches(below, invocation.exclude ?? []))) {
    files.push(file);
    append(diagnostics, await searchFile(file, chunks));
  }
  const reported = sortDiagnostics(diagnostics);
  const valid = !fails(reported, invocation);
  const headline =
    reported.length === 0
      ? `no private key in plain text (${quantity(files.length, 'file')})`
      : `${quantity(reported.length, 'private key')} in plain text`;
  const findings: Findings = {
    command: 'mesh keys check',
    version: parts.version,
    headline,
    valid,
    failOn: failOn(invocation),
    reported,
    suppressed: [],
    files,
    // The source has no text, so that no finding shows a line with a key.
    texts: [],
    prefix: '',
  };
  const isQuiet = invocation.quiet && valid;
  await answer(
    invocation,
    { text: () => (isQuiet ? '' : `${headline}\n`), ...findingFormats(findings) },
    parts,
  );
  if (isForPeople(invocation)) showFindings(reported, [], invocation, parts.console);
  return valid ? exit.success : exit.findings;
}

/**
 * Returns a function that returns true for files to search: files below `below` (paths from the root), or all files if
 * it is empty, except those that `excluded` matches.
 */
function searches(below: readonly string[], excluded: readonly string[]): (file: string) => boolean {
  const tests = excluded.map(glob);
  return (file) =>
    (below.length === 0 ||
      below.some((name) => name === '' || file === name || file.startsWith(`${name}/`))) &&
    !tests.some((test) => test(file));
}
