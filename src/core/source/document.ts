import type { Location } from '../location.ts';

/** The text of one file, with the offsets at which its lines start. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Offset (UTF-16) of the first character of each line. */
  readonly lineStarts: readonly number[];
}

/**
 * One YAML document of the spec: plain data. Its objects have no prototype, so that an inherited name such as
 * `constructor` is not a key. Places are stored outside of the data: see `locate`.
 */
export interface Document {
  readonly source: SourceText;
  /** Position of the document in its file, from 0. */
  readonly index: number;
  readonly value: unknown;
  /** Start of the document. */
  readonly location: Location;
}
