import type { BuiltTarget } from '../../compile.ts';
import { compileTarget } from '../../compile.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Rollout } from '../../ir/rollout.ts';
import { withWeights } from '../../ir/weights/with-weights.ts';
import type { Artifact } from '../../targets/artifact.ts';
import type { CompiledTrust } from '../../targets/target.ts';
import { stepProblems } from './step-problems.ts';

/** A step of a rollout in the configuration of one target. */
export interface CompiledStep {
  /** The candidate's share in per cent. */
  readonly weight: number;
  /** The number of objects, or of resources in files, that differ from the step before. */
  readonly changed: number;
  /** The number of all objects of the target. */
  readonly objects: number;
}

/** The compiled steps of a rollout, and the problems of their changes. */
export interface CompiledSteps {
  readonly steps: readonly CompiledStep[];
  /** For users; empty if each step moves weights and nothing else. */
  readonly problems: readonly string[];
}

/**
 * Compiles each step of a rollout for a target, from `from` alone up to the promotion, and checks that a step changes
 * weights alone.
 */
export function compiledSteps(
  ir: Ir,
  rollout: Rollout,
  target: BuiltTarget,
  trust: CompiledTrust,
): CompiledSteps {
  const at = (weight: number): Ir =>
    withWeights(
      ir,
      Object.fromEntries(
        rollout.services.map((id) => [
          id,
          weight === 100 ? ({ state: 'promoted' } as const) : ({ state: 'running', weight } as const),
        ]),
      ),
    );
  let before = written(compileTarget(ir, target, trust).artifacts);
  const problems: string[] = [];
  const steps = rollout.steps.map(({ weight }): CompiledStep => {
    const mesh = at(weight);
    problems.push(...stepProblems(ir, mesh, rollout, weight));
    const now = written(compileTarget(mesh, target, trust).artifacts);
    const changed = [...now].filter((text) => !before.has(text)).length;
    before = now;
    return { weight, changed, objects: now.size };
  });
  return { steps, problems };
}

function written(artifacts: readonly Artifact[]): ReadonlySet<string> {
  return new Set(artifacts.map((artifact) => JSON.stringify(artifact)));
}
