import type { ArmQuestion, Arms } from '../../../evidence/arms.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { EngineService } from '../../rollout-engines/engine-services.ts';
import type { VersionServices } from '../version-services.ts';

/** The data that objects of engines need beside the mesh. */
export interface EngineContext {
  readonly ir: Ir;
  readonly versions: VersionServices;
  /** Flagger's name for the kind of routes that it writes. */
  readonly provider: string;
  /** Returns the counters of the requests to the candidate's Kubernetes Service; undefined if no proxy counts them. */
  readonly countersOf: (
    one: EngineService,
    question: ArmQuestion,
    candidate: string,
  ) => Pick<Arms, 'counters'> | undefined;
}
