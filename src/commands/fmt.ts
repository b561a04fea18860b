import type { Invocation, Options } from '../command-table/invocation.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { type Formatted, formatSource } from '../core/format/format-source.ts';
import { UsageError } from '../core/usage-error.ts';
import { fmtJson } from '../ui/fmt-json.ts';
import { fmtText } from '../ui/fmt-text.ts';
import { type FileToFormat, filesToFormat, type LookUp } from './files-to-format.ts';
import { type Answering, answer, wantedFormats } from './formats.ts';
import { type FindingOptions, fails, showFindings } from './linked-mesh.ts';
import { meshOptions } from './options.ts';

/** The parts of the world that the command uses. */
export interface FmtParts extends Answering, LookUp {
  /** Replaces a file below a root if its content is unchanged since the read. */
  readonly rewriteFile: (root: string, file: string, before: Uint8Array, text: string) => Promise<void>;
  /**
   * Returns a signal that SIGINT and SIGTERM abort from now on, instead of ending the process; its reason is the exit
   * code.
   */
  readonly interruption: () => AbortSignal;
}

/** `mesh fmt`: writes documents in canonical form; with `--check` only lists the files that aren't. */
export async function fmt(invocation: Invocation<'fmt'>, parts: FmtParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const { options, check, names } = asked(invocation);
  const { files, diagnostics, foreign } = await filesToFormat(names, options, parts);
  const formatted = files.map(({ root, source }) => ({ root, source, result: formatSource(source) }));
  const found = sortDiagnostics([...diagnostics, ...formatted.flatMap(({ result }) => result.diagnostics)]);
  const texts = formatted.map(({ result }) => result.source);
  if (options.standardInput && !check) return stream(formatted, found, invocation, parts);

  const signal = check ? undefined : parts.interruption();
  const done = signal === undefined ? formatted : await writeChanged(formatted, parts, signal);
  const results = done.map(({ result }) => result);
  const summary = { check, results, diagnostics: found };
  await answer(
    invocation,
    {
      text: (colours) => (invocation.quiet ? '' : fmtText(summary, colours)),
      json: () => fmtJson(summary),
    },
    parts,
  );
  showFindings(found, texts, invocation, parts.console);
  if (!invocation.quiet) for (const name of foreign) parts.console.error(leftAlone(name));
  if (signal?.aborted) return signal.reason as ExitCode;
  const isUnformatted = check && results.some(({ changed }) => changed);
  return isUnformatted || fails(found, invocation) ? exit.findings : exit.success;
}

function asked(invocation: Invocation<'fmt'>) {
  const options = meshOptions(invocation);
  const check = invocation.check === true;
  const names = invocation.arguments.flat();
  if (options.standardInput && names.length > 1)
    throw new UsageError('- is standard input, which is formatted alone');
  if (!check && (options.staged || options.revision !== undefined || options.repo !== undefined))
    throw new UsageError('fmt writes files, so it needs the working tree: --check looks at others, too');
  return { options, check, names };
}

interface FormattedFile extends FileToFormat {
  readonly result: Formatted;
}

/** Formats standard input to standard output; text that can't be formatted is printed unchanged. */
async function stream(
  formatted: readonly FormattedFile[],
  found: FormattedFile['result']['diagnostics'],
  options: Options<'output' | 'format'> & FindingOptions,
  parts: FmtParts,
): Promise<ExitCode> {
  const [only] = formatted;
  await answer(options, { text: () => only?.result.text ?? '' }, parts, 'verbatim');
  showFindings(found, only === undefined ? [] : [only.result.source], options, parts.console);
  return fails(found, options) ? exit.findings : exit.success;
}

/** Writes the changed files one by one; a signal ends the work after the current file. */
async function writeChanged(
  formatted: readonly FormattedFile[],
  { rewriteFile }: FmtParts,
  signal: AbortSignal,
): Promise<readonly FormattedFile[]> {
  const done: FormattedFile[] = [];
  for (const file of formatted) {
    if (signal.aborted) break;
    const { root, source, result } = file;
    if (result.changed) await rewriteFile(root, source.file, source.bytes, result.text);
    done.push(file);
  }
  return done;
}

function leftAlone(name: string): string {
  return `${JSON.stringify(name)} belongs to no mesh and is left alone\n`;
}
