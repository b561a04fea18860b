import type { By } from '../drift/drift.ts';
import type { FieldChange } from '../plan/plan.ts';

/** The state of an object of the revision in force at the place to which a controller carries the object. */
export interface ArrivedObject {
  /** `<group>/<Kind>/<namespace>/<name>`, as plans name it. */
  readonly ref: string;
  /** `behind`: the object differs. `unknown`: the object is right, and has no status. */
  readonly state: 'healthy' | 'unknown' | 'in progress' | 'failed' | 'behind' | 'missing';
  /** A sentence for people about a state that isn't good. */
  readonly detail?: string;
  /** Fields that differ, from the committed value to the present one. */
  readonly fields?: readonly FieldChange[];
  readonly by?: By;
}
