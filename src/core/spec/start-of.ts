import type { Location } from '../location.ts';

/** The first character of a file, for what is said about the file as a whole. */
export function startOf(file: string): Location {
  const start = { line: 1, column: 1 };
  return { file, range: { start, end: start } };
}
