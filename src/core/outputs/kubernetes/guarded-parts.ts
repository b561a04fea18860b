import type { Observed } from '../../history/observed.ts';
import type { InventoryRecord } from './inventory-record.ts';
import type { KubernetesLock } from './kubernetes-lock.ts';
import type { LookAhead } from './look-ahead.ts';
import type { ObservedObjects } from './observe-objects.ts';
import type { StateSecrets } from './state-secrets.ts';
import type { TakenFields } from './taken-fields.ts';

/** Objects and fields that the user takes over. */
export interface ClaimsInForce {
  adopt: ReadonlySet<string>;
  take: TakenFields;
}

/** The parts that an output shares with its guarded copies. */
export interface Shared {
  readonly lock: KubernetesLock;
  readonly secrets: StateSecrets;
  readonly inventory: InventoryRecord;
  readonly claims: ClaimsInForce;
  readonly looked: Looked;
}

/** The objects and the revision in force that the last plan has seen; `at` is the time on the monotonic clock. */
export interface Looked {
  readonly ahead: LookAhead;
  objects?: ObservedObjects;
  current?: Observed['current'];
  at: number;
  hasObserved?: boolean;
  /** True from a look ahead of a run until the run begins. */
  isBegun?: boolean;
}
