import type { ArmQuestion, Arms } from '../../../evidence/arms.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { EngineService } from '../../rollout-engines/engine-services.ts';
import type { VersionServices } from '../version-services.ts';

/** The data that objects of engines need beside the mesh. */
export interface EngineContext {
  readonly ir: Ir;
  readonly versions: VersionServices;
  /** Flagger's name of the routes that it writes. */
  readonly provider: string;
  /** Returns the counters of the requests to a Kubernetes Service of the candidate; undefined if nobody counts them. */
  readonly countersOf: (
    one: EngineService,
    question: ArmQuestion,
    candidate: string,
  ) => Pick<Arms, 'counters'> | undefined;
}
