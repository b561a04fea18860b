import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import { hasEngines } from '../../rollout-engines/engine-services.ts';
import { withArgo } from './argo.ts';
import { withFlagger } from './flagger.ts';

/** Returns the objects of a mesh with those of the engines that move the weights of its Rollouts. */
export function withEngines(artifacts: readonly Artifact[], ir: Ir): readonly Artifact[] {
  return hasEngines(ir) ? withFlagger(withArgo(artifacts, ir), ir) : artifacts;
}
