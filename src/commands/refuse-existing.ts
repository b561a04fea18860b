import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';

/** The file operations that find existing files. */
export interface ExistingFiles {
  readonly readFile: (root: string, file: string) => Promise<string | undefined>;
  /** Throws if a file below a folder can't be written because of what is there. */
  readonly refuseUnwritable: (root: string, file: string) => Promise<void>;
}

/** Throws PortError(1) with the names of files that are there; `way` says how to write them elsewhere. */
export async function refuseExisting(
  root: string,
  files: readonly { readonly file: string }[],
  { command, way }: { readonly command: string; readonly way: string },
  { readFile, refuseUnwritable }: ExistingFiles,
): Promise<void> {
  const there: string[] = [];
  for (const { file } of files) {
    await refuseUnwritable(root, file);
    if ((await readFile(root, file)) !== undefined) there.push(file);
  }
  if (there.length > 0)
    throw new PortError(
      `${command} overwrites nothing, and these files are there: ${there.join(', ')}; ${way}`,
      exit.failed,
    );
}
