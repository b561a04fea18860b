import type { By } from '../drift/drift.ts';
import type { FieldChange } from '../plan/plan.ts';

/** The state of an object of the revision in force at the place that somebody else carries it to. */
export interface ArrivedObject {
  /** `<group>/<Kind>/<namespace>/<name>`, as plans name it. */
  readonly ref: string;
  /** `behind`: it is there and differs; `unknown`: it is as it should be, and has no status. */
  readonly state: 'healthy' | 'unknown' | 'in progress' | 'failed' | 'behind' | 'missing';
  /** A sentence for people about a state that isn't good. */
  readonly detail?: string;
  /** Fields that differ, from what was committed to what is there. */
  readonly fields?: readonly FieldChange[];
  readonly by?: By;
}
