import { StringDecoder } from 'node:string_decoder';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import type { GitCircumstances } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';
import { streamGit } from './git-stream.ts';

/** The largest number of files that are read from a commit, an index or a working tree: half a gigabyte of memory. */
export const mostFiles = 1_000_000;

/** The most characters of one line of a listing; Linux takes 4096 bytes for a path. */
const longestLine = 16_384;

/** The most characters of a whole listing: a few objects can stand for any number of long names. */
const mostCharacters = 512 * 1024 * 1024;

/** Runs a command of Git that lists files with `-z`, and hands over each line while Git still lists. */
export async function gitLines(
  repository: GitRepository,
  args: readonly string[],
  circumstances: GitCircumstances,
  take: (line: string) => void,
): Promise<void> {
  const splitter = lineSplitter(take);
  await streamGit(repository, args, circumstances, splitter.add);
  splitter.end();
}

/** Splits output that arrives in pieces at its NUL bytes. Throws PortError(1) beyond a limit. */
export function lineSplitter(
  take: (line: string) => void,
  most = mostCharacters,
): { readonly add: (data: Buffer) => void; readonly end: () => void } {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let characters = 0;
  return {
    add(data) {
      const text = rest + decoder.write(data);
      characters += text.length - rest.length;
      if (characters > most)
        throw new PortError(
          `Git lists file names of more than ${String(most)} characters: ${wayOut}`,
          exit.failed,
        );
      let start = 0;
      for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', start)) {
        take(text.slice(start, end));
        start = end + 1;
      }
      rest = text.slice(start);
      if (rest.length > longestLine)
        throw new PortError(
          `Git lists a file with a name of more than ${String(longestLine)} characters, which no checkout can hold: give it a shorter name`,
          exit.failed,
        );
    },
    end() {
      const last = rest + decoder.end();
      if (last !== '') take(last);
    },
  };
}

const wayOut = 'keep the mesh in a folder of its own, and name it with --root';

/** Returns the error for a listing with more than the largest number of files. */
export function tooManyFiles(prefix: string, most: number): PortError {
  const where = prefix === '' ? '' : ` below ${prefix}`;
  return new PortError(`Git lists more than ${String(most)} files${where}: ${wayOut}`, exit.failed);
}
