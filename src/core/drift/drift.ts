import type { Origin } from '../location.ts';
import type { FieldChange, ObjectChange } from '../plan/plan.ts';

/** The author of a change, as far as the file system tells. */
export interface By {
  /** Name or number of the user that owns the file now. */
  readonly owner: string;
  /** When it was last written; ISO 8601. */
  readonly modified: string;
}

/** A field that is no longer as it was applied, with who changed it. */
export interface DriftedField extends FieldChange {
  /** Manager of the value that is there; `unknown` where nobody claims it, as of a field that was removed. */
  readonly manager: string;
  /** When that manager last wrote the object (RFC 3339). */
  readonly time?: string;
}

/** One difference between the output and the applied revision. */
export type Drift =
  | {
      /** An object that is written by itself. */
      readonly type: 'object';
      readonly state: 'changed' | 'removed';
      readonly ref: string;
      readonly fields?: readonly DriftedField[];
      /** The place of the spec that it was written from. */
      readonly origin?: Origin;
    }
  | {
      readonly type: 'file';
      readonly state: 'changed' | 'removed' | 'added';
      /** Relative to the output directory. */
      readonly path: string;
      /** Resources of the file that differ: from the applied to the present content. */
      readonly objects?: readonly ObjectChange[];
      /** The reason for which the file's resources can't be compared. */
      readonly detail?: string;
      readonly by?: By;
    }
  | {
      /** A link that leads elsewhere. */
      readonly type: 'link';
      readonly path: string;
      readonly detail: string;
      readonly by?: By;
    }
  | {
      /** A certificate that is missing, or that its proxy can't use. */
      readonly type: 'secret';
      readonly state: 'changed' | 'removed';
      readonly path: string;
      readonly detail: string;
    }
  | {
      /** A proxy that shows another revision. */
      readonly type: 'proxy';
      readonly id: string;
      readonly detail: string;
    };

/** Returns the key of a drift, so that each is reported once. */
export function driftKey(drift: Drift): string {
  return JSON.stringify(drift);
}
