import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Position, Range } from '../core/location.ts';

/** A stretch of a file; `path` is absolute. */
export interface FileRange {
  readonly path: string;
  readonly range: Range;
}

/** A change of one file. */
export interface FileEdit extends FileRange {
  readonly text: string;
}

/** A finding for the editor, with the absolute paths of its places. */
export interface ShownFinding extends Pick<Diagnostic, 'code' | 'severity' | 'message'> {
  readonly range: Range;
  readonly related: readonly (FileRange & { readonly message: string })[];
}

/** A word that the editor offers. */
export interface OfferedWord {
  readonly word: string;
  readonly description: string;
  readonly is: 'field' | 'word' | 'name';
  /** The text that the word replaces. */
  readonly range: Range;
}

/** A change that the editor offers for a finding. */
export interface OfferedFix {
  readonly title: string;
  readonly finding: ShownFinding;
  readonly edits: readonly FileEdit[];
}

/** The questions of an editor and the news from it. Paths are absolute; positions count from 1, columns in UTF-16. */
export interface EditorService {
  /** The text of a file in the editor, which holds instead of the file on the disk. */
  readonly changed: (path: string, text: string) => void;
  /** The editor has closed a file: the file on the disk holds. */
  readonly closed: (path: string) => void;
  /** Files on the disk have changed. */
  readonly filesChanged: () => void;
  readonly definitions: (path: string, position: Position) => Promise<readonly FileRange[]>;
  readonly references: (path: string, position: Position) => Promise<readonly FileRange[]>;
  /** Returns the name that can be renamed at a position; undefined if there is none. */
  readonly renamed: (path: string, position: Position) => Promise<FileRange | undefined>;
  /** Returns the edits, or the reason for which the name can't be used. */
  readonly rename: (path: string, position: Position, name: string) => Promise<readonly FileEdit[] | string>;
  readonly hover: (
    path: string,
    position: Position,
  ) => Promise<{ readonly markdown: string; readonly range: Range } | undefined>;
  readonly suggestions: (path: string, position: Position) => Promise<readonly OfferedWord[]>;
  readonly fixes: (path: string, range: Range) => Promise<readonly OfferedFix[]>;
}

/** An editor that speaks the Language Server Protocol. */
export interface Editor {
  /** Replaces the findings of a file. */
  readonly show: (path: string, findings: readonly ShownFinding[]) => void;
  /** Tells the person about a problem of the server, such as a mesh that can't be read. */
  readonly tell: (message: string) => void;
  /** Answers the editor until it ends the conversation. */
  readonly serve: (service: EditorService) => Promise<void>;
}
