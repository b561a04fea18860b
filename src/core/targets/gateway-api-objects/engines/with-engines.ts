import type { ObjectArtifact } from '../../artifact.ts';
import { hasEngines } from '../../rollout-engines/engine-services.ts';
import { withArgo } from './argo.ts';
import type { EngineContext } from './engine-context.ts';
import { withFlagger } from './flagger.ts';

/** Returns the objects of a mesh with those of the engines that move the weights of its Rollouts. */
export function withEngines(
  artifacts: readonly ObjectArtifact[],
  context: EngineContext,
): readonly ObjectArtifact[] {
  return hasEngines(context.ir) ? withFlagger(withArgo(artifacts, context), context) : artifacts;
}
