import type { Origin } from '../location.ts';
import type { Kind } from '../spec/spec.ts';
import type { Json } from '../targets/artifact.ts';

/** One difference between two specs, in the words of the language. A list of plain values is one value. */
export interface SpecEdit {
  readonly op: 'create' | 'update' | 'delete';
  readonly kind: Kind;
  /** Empty for kinds without namespaces. */
  readonly namespace: string;
  readonly name: string;
  /** The named parts of the document that hold the field, outermost first: `rule everybody`, `backend v2`. */
  readonly within: readonly string[];
  /** The path below the last part, `retries.attempts`; absent if the document or the part itself comes or goes. */
  readonly field?: string;
  /** The value before; absent if there was none, and for whole documents. */
  readonly before?: Json;
  /** The value after; absent if there is none, and for whole documents. */
  readonly after?: Json;
  /**
   * The place in the spec after the change; of a deleted document, its place before. A deleted field has the place of
   * the part that held the field.
   */
  readonly origin: Origin;
}
