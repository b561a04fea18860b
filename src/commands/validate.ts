import type { Invocation } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import type { Suppressed } from '../core/suppress/suppressed.ts';
import type { Console } from '../ports/console.ts';
import type { InGitDirectory } from '../ports/in-git-directory.ts';
import type { OpenSpecStore } from '../ports/spec-store.ts';
import { counts } from '../ui/diagnostics-json.ts';
import type { Findings } from '../ui/findings/findings.ts';
import { palette } from '../ui/palette.ts';
import { suppressedText } from '../ui/suppressed-text.ts';
import { validateText } from '../ui/validate-text.ts';
import { examined } from './examined.ts';
import { findingFormats } from './finding-formats.ts';
import { type Answering, answer, isForPeople, wantedFormats } from './formats.ts';
import { failOn, fails, showFindings } from './linked-mesh.ts';
import { type MeshOptions, meshOptions } from './options.ts';
import { reportFiles } from './report-files.ts';
import { withStore } from './with-store.ts';

/** The parts of the world that the command uses. */
export interface ValidateParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly workingDirectory: string;
  readonly inGitDirectory: InGitDirectory;
  /** Version of this tool. */
  readonly version: string;
}

/** `mesh validate [FILES…]`: reports all findings in a mesh, or only those in FILES. */
export async function validate(invocation: Invocation<'validate'>, parts: ValidateParts): Promise<ExitCode> {
  const formats = wantedFormats(invocation);
  const options = meshOptions(invocation);
  const { mesh, root, prefix } = await withStore(parts.openSpecStore, options, async (opened) => ({
    mesh: await examined(opened.store, options, isInGit(opened.root, options, parts)),
    root: opened.root,
    prefix: formats.some(({ format }) => format !== 'text' && format !== 'json') ? await opened.prefix() : '',
  }));
  const { all, suppressed } = mesh;
  const asked = invocation.arguments.flat().filter((file) => file !== '-');
  const known = [...mesh.texts, ...mesh.sources.unreadable].map(({ file }) => file);
  const isReported = reportFiles({ files: asked, workingDirectory: parts.workingDirectory, root, known });
  const reported = all.filter(({ location }) => isReported(location.file));
  const silent = suppressed.filter(({ diagnostic }) => isReported(diagnostic.location.file));
  const valid = !fails(reported, invocation);
  const validated = {
    valid,
    ...(mesh.size && { size: mesh.size }),
    counts: counts(reported),
    suppressed: silent.length,
    elsewhere: all.length - reported.length,
  };
  const { quiet } = invocation;
  const findings: Findings = {
    command: 'mesh validate',
    version: parts.version,
    headline: validateText(validated, palette(false), Number.POSITIVE_INFINITY).trim(),
    valid,
    failOn: failOn(invocation),
    reported,
    suppressed: silent,
    files: [...new Set(known)].filter(isReported).sort(),
    texts: mesh.texts,
    prefix,
  };
  await answer(
    invocation,
    {
      text: (colours, columns) => (quiet && valid ? '' : validateText(validated, colours, columns)),
      ...findingFormats(findings),
    },
    parts,
  );
  if (isForPeople(invocation)) {
    if (reported.length > 0 && !quiet) parts.console.error('\n');
    showFindings(reported, mesh.texts, invocation, parts.console);
    if (invocation.verbose) showSuppressed(silent, parts.console);
  }
  return valid ? exit.success : exit.findings;
}

/** A fetched spec, or one from standard input, isn't delivered to the folders beside it. */
function isInGit(
  root: string,
  { repo, standardInput }: MeshOptions,
  { inGitDirectory }: ValidateParts,
): (path: string) => boolean {
  const elsewhere = repo !== undefined || standardInput === true;
  return (path) => (!elsewhere || path.startsWith('/')) && inGitDirectory(root, path);
}

function showSuppressed(suppressed: readonly Suppressed[], console: Console): void {
  const text = suppressedText(suppressed, palette(console.errorColour), console.columns);
  if (text !== '') console.error(text);
}
