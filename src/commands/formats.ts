import type { Options } from '../command-table/invocation.ts';
import { didYouMean } from '../core/lib/did-you-mean.ts';
import type { Form } from '../core/lib/printable.ts';
import { UsageError } from '../core/usage-error.ts';
import type { Console } from '../ports/console.ts';
import { type Palette, palette } from '../ui/palette.ts';

/** An answer, whole or in parts that end with a line. */
type Rendered = string | Iterable<string>;

/**
 * Renders an answer in each format of a command; `text` gets the colours and the width that it may use, and true if
 * people read it on a terminal now.
 */
export type Renderers = Readonly<
  Record<string, (palette: Palette, columns: number, isTerminal: boolean) => Rendered>
>;

/** The parts of the world that answering needs. */
export interface Answering {
  readonly console: Console;
  /** Writes a file that the user named, whole or not at all. */
  readonly writeOutput: (file: string, text: Rendered, form: Form) => Promise<void>;
}

/**
 * Writes an answer in every format of `--format` (`json`, `json@1`, `json=FILE`), to standard output or `--output`
 * unless a file is named. Text is also written if every wanted format goes to a file. `textForm` is the form of the
 * text if programs read it, too.
 */
export async function answer(
  { format: formats, output }: Options<'format' | 'output'>,
  renderers: Renderers,
  { console, writeOutput }: Answering,
  textForm: Form = 'text',
): Promise<void> {
  for (const { format, file = output } of formatsOf(formats, Object.keys(renderers))) {
    const render = renderers[format];
    const form = format === 'text' ? textForm : formOf(format);
    if (file !== undefined) {
      await writeOutput(file, render?.(palette(false), 80, false) ?? '', form);
      continue;
    }
    const rendered = render?.(palette(console.outColour), console.columns, console.outIsTerminal) ?? '';
    if (typeof rendered === 'string') console.out(rendered, form);
    else await console.outParts(rendered, form);
  }
}

/** A wanted format, with its file if one is named. */
export interface WantedFormat {
  readonly format: string;
  readonly file?: string;
}

/** Returns the wanted formats; throws a UsageError (64) for a format that the command doesn't have. */
export function wantedFormats({
  format,
  formats,
}: Options<'format'> & { readonly formats: readonly string[] }): readonly WantedFormat[] {
  return formatsOf(format, formats);
}

function formatsOf(
  written: readonly string[] | undefined,
  known: readonly string[],
): readonly WantedFormat[] {
  const wanted = (written ?? []).map((one) => wantedFormat(one, known));
  const unnamed = wanted.filter(({ file }) => file === undefined);
  if (unnamed.length > 1)
    throw new UsageError('only one format can go to standard output: write the others as FORMAT=FILE');
  return unnamed.length === 1 ? wanted : [{ format: 'text' }, ...wanted];
}

/** Returns true if text goes to standard output, for people. */
export function isForPeople({ format = [] }: Options<'format'>): boolean {
  return format.every((one) => one.includes('=') || one === 'text');
}

/** The forms of formats. JSON of any layout has the form of JSON; a format without an entry is text. */
const forms: Readonly<Record<string, Form>> = {
  json: 'json',
  ndjson: 'json',
  sarif: 'json',
  junit: 'xml',
  github: 'commands',
  markdown: 'markdown',
};

function formOf(format: string): Form {
  return forms[format] ?? 'text';
}

const majors = '1';

function wantedFormat(written: string, known: readonly string[]): WantedFormat {
  const equals = written.indexOf('=');
  const named = equals < 0 ? written : written.slice(0, equals);
  const [format = '', major = majors] = named.split('@');
  if (!known.includes(format))
    throw new UsageError(`there is no format ${JSON.stringify(format)} here${didYouMean(format, known)}`);
  if (major !== majors)
    throw new UsageError(`${JSON.stringify(named)}: this mesh writes version ${majors} of ${format}`);
  if (equals < 0) return { format };
  const file = written.slice(equals + 1);
  if (file === '') throw new UsageError(`${written} names no file`);
  return { format, file };
}
