import type { Location } from '../location.ts';

/** The bytes of one file turned into text, with the offsets at which its lines start. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** Offset (UTF-16) of the first character of each line. */
  readonly lineStarts: readonly number[];
}

/**
 * One YAML document of the spec: plain data whose objects have no prototype, so that a key such as
 * `constructor` is only ever what the file says. Places are kept beside the containers: see `locate`.
 */
export interface Document {
  readonly source: SourceText;
  /** Position of the document in its file, from 0. */
  readonly index: number;
  readonly value: unknown;
  /** Start of the document. */
  readonly location: Location;
}
