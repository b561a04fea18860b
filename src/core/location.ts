/** A point in a text: line and column count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A stretch of a text; `end` is the first position after it. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A stretch of one file; `file` is relative to the root and `/`-separated, `-` for standard input. */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

/** The place in the repository at which something was written. Every IR node has one. */
export interface Origin extends Position {
  readonly file: string;
}

/** Returns the place where a location starts. */
export function originOf(location: Location): Origin {
  return { file: location.file, line: location.range.start.line, column: location.range.start.column };
}

/** Returns `file:line:column`, the form of a place in every message. */
export function formatOrigin(origin: Origin): string {
  return `${origin.file}:${String(origin.line)}:${String(origin.column)}`;
}
