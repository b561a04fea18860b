import type { Ir } from '../ir.ts';
import type { Share } from './share.ts';
import { withWeights } from './with-weights.ts';

/**
 * Returns the forms that a mesh takes in the course of its Rollouts: before, at the first step and promoted; the mesh
 * alone if it has none.
 */
export function phasesOf(ir: Ir): readonly Ir[] {
  // The weights of the others are an engine's.
  const rollouts = Object.values(ir.rollouts ?? {}).filter(({ engine }) => engine === undefined);
  if (rollouts.length === 0) return [ir];
  const at = (shareOf: (weight: number) => Share): Ir =>
    withWeights(
      ir,
      Object.fromEntries(
        rollouts.flatMap(({ services, steps }) =>
          services.map((id) => [id, shareOf(steps[0]?.weight ?? 100)] as const),
        ),
      ),
    );
  return [ir, at((weight) => ({ state: 'running', weight })), at(() => ({ state: 'promoted' }))];
}
