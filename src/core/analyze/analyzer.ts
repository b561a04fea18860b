import type { Messages, Report } from '../diagnostics/message.ts';
import type { Ir } from '../ir/ir.ts';
import type { Spec } from '../spec/spec.ts';

/** Input of analyzers: the documents, for places, and the mesh that they were linked to, for meaning. */
export interface AnalyzedMesh {
  readonly spec: Spec;
  readonly ir: Ir;
}

/** One check of a linked mesh: it reports and changes nothing. */
export interface Analyzer {
  /** The name of its file, and of the folder of its fixtures. */
  readonly name: string;
  /** The findings of the analyzer, in a sentence. */
  readonly description: string;
  readonly messages: Messages;
  readonly analyze: (mesh: AnalyzedMesh, report: Report) => void;
}
