import type { Location, Origin } from '../location.ts';

/** Returns the point of an origin as a location, for code that knows only the start of a place. */
export function pointAt({ file, line, column }: Origin): Location {
  const position = { line, column };
  return { file, range: { start: position, end: position } };
}
