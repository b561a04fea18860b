import type { Request } from '../../../src/core/semantics/request.ts';
import type { ReachableMesh } from '../../../src/core/suite/proxies/reachable-mesh.ts';
import {
  type Manner,
  type Prepared,
  prepare as prepareWithId,
} from '../../../src/core/suite/proxies/sending.ts';

export { isStream, type Manner, type Prepared } from '../../../src/core/suite/proxies/sending.ts';

let counted = 0;

/** Returns the outcome of a request by `decide`, and the same request as bytes, with a test id of its own. */
export function prepare(mesh: ReachableMesh, request: Request, manner: Manner = {}): Promise<Prepared> {
  counted += 1;
  return prepareWithId(mesh, request, `t${String(counted)}`, manner);
}
