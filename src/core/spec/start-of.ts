import type { Location } from '../location.ts';

/** Returns the place of a file's first character, for findings about the file as a whole. */
export function startOf(file: string): Location {
  const start = { line: 1, column: 1 };
  return { file, range: { start, end: start } };
}
