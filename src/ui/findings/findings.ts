import type { Diagnostic, Severity } from '../../core/diagnostics/diagnostic.ts';
import type { SourceText } from '../../core/source/document.ts';
import type { Suppressed } from '../../core/suppress/suppressed.ts';

/** The findings of a command about a mesh, for every format that is made of findings. */
export interface Findings {
  /** The command, such as `mesh validate`. */
  readonly command: string;
  /** Version of this tool. */
  readonly version: string;
  /** The answer in one plain sentence. */
  readonly headline: string;
  readonly valid: boolean;
  /** The least severity that fails the command. */
  readonly failOn: Severity;
  /** The reported findings, in order of place. */
  readonly reported: readonly Diagnostic[];
  readonly suppressed: readonly Suppressed[];
  /** Every file that was checked, by name. */
  readonly files: readonly string[];
  readonly texts: readonly SourceText[];
  /** Path from the top of the repository to the folder that file names start from: empty, or ending in `/`. */
  readonly prefix: string;
}
