import type { ReachableMesh } from '../../../src/core/suite/proxies/reachable-mesh.ts';
import type { Echoes } from './echo.ts';

export type { Endpoint } from '../../../src/core/suite/proxies/reachable-mesh.ts';

/** A mesh of real proxies, however it is configured, in the form that the harness uses. */
export interface LiveMesh extends ReachableMesh {
  readonly echoes: Echoes;
}
