import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { Imported } from '../../core/import/import-mesh.ts';

/** An import with the findings about the native configuration and about the written mesh. */
export interface ImportResult {
  /** The platform that was read. */
  readonly from: string;
  readonly imported: Imported;
  readonly native: readonly Diagnostic[];
  readonly written: readonly Diagnostic[];
  /** The folder of the mesh, relative to the working directory; empty for the working directory. */
  readonly folder: string;
}
