import type { SignedFile } from './external-init.ts';

/** Reads the files of `--certificate`: `FILE`, or `TARGET=FILE` with the name of one of the targets. */
export async function signedFiles(
  words: readonly string[],
  targets: readonly string[],
  readNamedFile: (file: string) => Promise<string>,
): Promise<readonly SignedFile[]> {
  return Promise.all(
    words.map(async (word) => {
      const target = targets.find((name) => word.startsWith(`${name}=`));
      const file = target === undefined ? word : word.slice(target.length + 1);
      return { file, text: await readNamedFile(file), ...(target !== undefined && { target }) };
    }),
  );
}
