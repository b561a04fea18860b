import { holdAgainst } from '../history/hold.ts';
import type { Observed } from '../history/observed.ts';
import type { Revision } from '../revision/revision.ts';
import type { Guardrail } from './plan.ts';

/** The parts of a planned target that a hold depends on. */
interface Held {
  readonly name: string;
  readonly observed: Pick<Observed, 'state'>;
  readonly next: Revision;
}

/** Returns the holds that refuse the revisions of targets, unless `released` is the hold's id. */
export function holdGuards(targets: readonly Held[], released?: string): readonly Guardrail[] {
  return targets.flatMap(({ name, observed, next }) => {
    const hold = holdAgainst(observed.state, next, released);
    if (hold === undefined) return [];
    return [
      {
        rule: 'hold' as const,
        target: name,
        message: `it is held at ${hold.entry} since ${hold.by} rolled back to it (${hold.since}): revert in Git what was rolled back`,
        allow: `--release-hold ${hold.id}`,
      },
    ];
  });
}
