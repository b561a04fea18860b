import type { Origin } from '../location.ts';
import type { FieldChange, ObjectChange } from '../plan/plan.ts';

/** The author of a change by the file system or the history of a repository. */
export interface By {
  /** Name or number of the user that owns the file now; `name <email>` of the author of a commit. */
  readonly owner: string;
  /** The time of the last write, or of the commit's authorship; ISO 8601. */
  readonly modified: string;
  /** The commit that changed the file last. */
  readonly commit?: string;
  /** The first line of the commit's message. */
  readonly subject?: string;
}

/** A field that differs from the applied revision, and the manager that changed it. */
export interface DriftedField extends FieldChange {
  /** Manager of the present value; `unknown` if no manager owns the field, for example after it was removed. */
  readonly manager: string;
  /** The time of that manager's last write to the object (RFC 3339). */
  readonly time?: string;
}

/** A difference between an output and the applied revision. */
export type Drift =
  | {
      /** An object that an output writes by itself, without a file. */
      readonly type: 'object';
      readonly state: 'changed' | 'removed';
      readonly ref: string;
      readonly fields?: readonly DriftedField[];
      /** The place in the spec that the object comes from. */
      readonly origin?: Origin;
    }
  | {
      readonly type: 'file';
      readonly state: 'changed' | 'removed' | 'added';
      /** Relative to the output directory. */
      readonly path: string;
      /** Resources of the file that differ, each with its applied and its present content. */
      readonly objects?: readonly ObjectChange[];
      /** The reason why the file's resources can't be compared. */
      readonly detail?: string;
      readonly by?: By;
    }
  | {
      /** A link that leads to another target. */
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

/** Returns the key that identifies a difference, so that it is reported once. */
export function driftKey(drift: Drift): string {
  return JSON.stringify(drift);
}
