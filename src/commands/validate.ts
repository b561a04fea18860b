import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import type { ExitCode } from '../core/exit-code.ts';
import { suppress, unused } from '../core/suppress/suppress.ts';
import type { Suppressed } from '../core/suppress/suppressed.ts';
import type { Console, OpenSpecStore } from '../ports.ts';
import type { Invocation } from '../program.ts';
import { counts } from '../ui/diagnostics-json.ts';
import type { Findings } from '../ui/findings/findings.ts';
import { palette } from '../ui/palette.ts';
import { suppressedText } from '../ui/suppressed-text.ts';
import { validateText } from '../ui/validate-text.ts';
import { findingFormats } from './finding-formats.ts';
import { type Answering, answer, isForPeople, wantedFormats } from './formats.ts';
import { failOn, fails, showFindings } from './linked-mesh.ts';
import { type LoadedMesh, loadMesh } from './load-mesh.ts';
import { given, meshOptions } from './options.ts';
import { portability } from './portability.ts';
import { reportFiles } from './report-files.ts';
import { withStore } from './with-store.ts';

const invalid = 3;

/** What the command is made of. */
export interface ValidateParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly workingDirectory: string;
  /** Version of this tool. */
  readonly version: string;
}

/** `mesh validate [FILES…]`: everything that is wrong with a mesh; FILES limit what is reported. */
export async function validate(invocation: Invocation, parts: ValidateParts): Promise<ExitCode> {
  const formats = wantedFormats(invocation);
  const options = meshOptions(invocation);
  const { mesh, root, prefix } = await withStore(parts.openSpecStore, options, async (opened) => ({
    mesh: await loadMesh(opened.store, options),
    root: opened.root,
    prefix: formats.some(({ format }) => format !== 'text' && format !== 'json') ? await opened.prefix() : '',
  }));
  const { all, suppressed } = await everything(mesh);
  const asked = (invocation.arguments.flat() as readonly string[]).filter((file) => file !== '-');
  const known = [...mesh.texts, ...mesh.sources.unreadable].map(({ file }) => file);
  const isReported = reportFiles({ files: asked, workingDirectory: parts.workingDirectory, root, known });
  const reported = all.filter(({ location }) => isReported(location.file));
  const silent = suppressed.filter(({ diagnostic }) => isReported(diagnostic.location.file));
  const valid = !fails(reported, invocation);
  const validated = {
    valid,
    ...(mesh.spec && { spec: mesh.spec }),
    counts: counts(reported),
    suppressed: silent.length,
    elsewhere: all.length - reported.length,
  };
  const quiet = given(invocation, 'quiet');
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
    if (given(invocation, 'verbose')) showSuppressed(silent, parts.console);
  }
  return valid ? 0 : invalid;
}

function showSuppressed(suppressed: readonly Suppressed[], console: Console): void {
  const text = suppressedText(suppressed, palette(console.errorColour), console.columns);
  if (text !== '') console.error(text);
}

/** All findings, those of the comments that suppress nothing too, and those that comments suppress. */
async function everything(
  mesh: LoadedMesh,
): Promise<{ readonly all: readonly Diagnostic[]; readonly suppressed: readonly Suppressed[] }> {
  const { suppressions } = mesh;
  const later = suppress(await portability(mesh), suppressions);
  const reported = [...mesh.diagnostics, ...later.reported];
  const suppressed = [...mesh.suppressed, ...later.suppressed];
  const found = [...reported, ...suppressed.map(({ diagnostic }) => diagnostic)];
  // What a mesh with errors would be told otherwise isn't known, nor what only a delivery finds.
  const idle = mesh.ir === undefined ? [] : unused(found, suppressions, (code) => code < 'MESH4000');
  const order = sortDiagnostics(suppressed.map(({ diagnostic }) => diagnostic));
  return {
    all: sortDiagnostics([...reported, ...idle]),
    suppressed: order.flatMap((wanted) => suppressed.find(({ diagnostic }) => diagnostic === wanted) ?? []),
  };
}
