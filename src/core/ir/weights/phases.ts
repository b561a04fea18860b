import type { Ir } from '../ir.ts';
import type { Share } from './share.ts';
import { withWeights } from './with-weights.ts';

/**
 * Returns the forms of a mesh in the course of its Rollouts: before them, at the first step, and promoted. A mesh
 * without Rollouts has one form.
 */
export function phasesOf(ir: Ir): readonly Ir[] {
  // An engine moves the weights of the other Rollouts.
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
