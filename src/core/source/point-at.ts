import type { Location, Origin } from '../location.ts';

/** Returns an origin as a location of no length, for code that knows only the start of a place. */
export function pointAt({ file, line, column }: Origin): Location {
  const position = { line, column };
  return { file, range: { start: position, end: position } };
}
