import type { Location } from '../location.ts';

/**
 * Stable identity of a kind of finding: 1xxx text and schema, 2xxx meaning, 3xxx lowering, 4xxx delivery, 6xxx
 * identity.
 */
export type Code = `MESH${number}`;

export type Severity = 'error' | 'warning' | 'info';

/** A second place that explains a finding. */
export interface Related {
  readonly location: Location;
  readonly message: string;
}

/** A change of the text after which the finding is gone. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly location: Location; readonly text: string }[];
}

/** One finding about the spec, always at a place in it. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly location: Location;
  readonly related: readonly Related[];
  readonly fix?: Fix;
  /** Findings of one code with the same cause are reported as one; a finding without a cause stands alone. */
  readonly cause?: string;
}
