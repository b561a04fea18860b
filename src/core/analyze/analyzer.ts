import type { Messages, Report } from '../diagnostics/message.ts';
import type { Ir } from '../ir/ir.ts';
import type { Spec } from '../spec/spec.ts';

/** Input of analyzers: the documents, for places, and the linked mesh, for meanings. */
export interface AnalyzedMesh {
  readonly spec: Spec;
  readonly ir: Ir;
  /** The day of the run, `YYYY-MM-DD` (UTC). */
  readonly today: string;
}

/** One check of a linked mesh. It only reports findings. */
export interface Analyzer {
  /** The name of its file, and of the folder of its fixtures. */
  readonly name: string;
  /** A sentence that says what the analyzer reports. */
  readonly description: string;
  readonly messages: Messages;
  /** True if the check takes long and speaks of Guardrails alone, so that commands that report none leave it out. */
  readonly isProof?: true;
  readonly analyze: (mesh: AnalyzedMesh, report: Report) => void;
}
