import { readShaped } from '../../history/read-shaped.ts';
import { storedText } from '../../history/read-stored.ts';
import type { Shape } from '../../history/stored-shape.ts';
import { memoryFolder } from './places.ts';

/** The record of a step: the files of the commit that names its mark. */
export interface GitLanding {
  readonly formatVersion: string;
  /** Digest of the snapshot that the files were written from. */
  readonly snapshot: string;
  /** Digest of the compiled artifacts. */
  readonly compiled: string;
  /** History entry of the run. */
  readonly run: string;
  /** Digest of each file, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The commit of the branch on which a proposal is based. */
  readonly base?: string;
}

const landingShape = {
  snapshot: 'string',
  compiled: 'string',
  run: 'string',
  files: ['map', 'string'],
} as const satisfies Shape;

const currentShape = { mark: 'string' } as const satisfies Shape;

const folder = `${memoryFolder}/landings/`;

/** Returns the file of the record of a step. */
export function landingFile(mark: string): string {
  return `${folder}${mark}.json`;
}

/** Returns the mark of the step that a file is the record of; undefined for other files. */
export function markOfFile(path: string): string | undefined {
  return path.startsWith(folder) ? path.slice(folder.length).replace(/\.json$/, '') : undefined;
}

/** Returns the text of a landing. */
export function landingText(landing: Omit<GitLanding, 'formatVersion'>): string {
  return storedText(landing);
}

/** Reads a landing. Throws `DamagedFile` if the text was changed. */
export function readLanding(place: string, text: string): GitLanding {
  return readShaped(place, text, landingShape, wayOut) as GitLanding;
}

/** Returns the text that names the step in force. */
export function currentText(mark: string): string {
  return storedText({ mark });
}

/** Reads the mark of the step in force. */
export function readCurrent(place: string, text: string): string {
  return (readShaped(place, text, currentShape, wayOut) as unknown as { readonly mark: string }).mark;
}

/** The way out of a damaged record. */
export const wayOut = "'git revert' the commit that changed it";
