import type { Location, Origin } from '../location.ts';

/** The point of an origin as a location, where no more is known than where something starts. */
export function pointAt({ file, line, column }: Origin): Location {
  const position = { line, column };
  return { file, range: { start: position, end: position } };
}
