import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import type { ExitCode } from '../core/exit-code.ts';
import type { OpenSpecStore } from '../ports.ts';
import type { Invocation } from '../program.ts';
import { counts, diagnosticsJson } from '../ui/diagnostics-json.ts';
import { validateText } from '../ui/validate-text.ts';
import { type Answering, answer, isForPeople, wantedFormats } from './formats.ts';
import { fails, showFindings } from './linked-mesh.ts';
import { loadMesh } from './load-mesh.ts';
import { given, meshOptions } from './options.ts';
import { portability } from './portability.ts';
import { reportFiles } from './report-files.ts';
import { withStore } from './with-store.ts';

const findings = 3;

/** What the command is made of. */
export interface ValidateParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
  readonly workingDirectory: string;
}

/** `mesh validate [FILES…]`: everything that is wrong with a mesh; FILES limit what is reported. */
export async function validate(invocation: Invocation, parts: ValidateParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const options = meshOptions(invocation);
  const { mesh, root } = await withStore(parts.openSpecStore, options, async (opened) => ({
    mesh: await loadMesh(opened.store, options),
    root: opened.root,
  }));
  const all = sortDiagnostics([...mesh.diagnostics, ...(await portability(mesh))]);
  const files = (invocation.arguments.flat() as readonly string[]).filter((file) => file !== '-');
  const known = [...mesh.texts, ...mesh.sources.unreadable].map(({ file }) => file);
  const { workingDirectory } = parts;
  const reported = reportFiles(all, { files, workingDirectory, root, known });
  const valid = !fails(reported, invocation);
  const quiet = given(invocation, 'quiet');
  const validated = {
    valid,
    ...(mesh.spec && { spec: mesh.spec }),
    counts: counts(reported),
    elsewhere: all.length - reported.length,
  };
  await answer(
    invocation,
    {
      text: (colours, columns) => (quiet && valid ? '' : validateText(validated, colours, columns)),
      json: () => diagnosticsJson(reported, valid),
    },
    parts,
  );
  if (isForPeople(invocation)) {
    if (reported.length > 0 && !quiet) parts.console.error('\n');
    showFindings(reported, mesh.texts, invocation, parts.console);
  }
  return valid ? 0 : findings;
}
