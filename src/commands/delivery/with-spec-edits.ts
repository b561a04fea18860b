import type { Snapshot } from '../../core/history/snapshot.ts';
import { recordedDifference } from '../../core/plan/recorded-difference.ts';
import type { SpecEdit } from '../../core/plan/spec-edit.ts';
import type { Spec } from '../../core/spec/spec.ts';
import type { PlannedDelivery } from './plan-deliveries.ts';

/**
 * Returns planned deliveries with the differences between the spec in force and the wanted spec, for each output whose
 * records hold both. `wanted` are the sources of each delivery, in order; `loaded` is the spec of these sources if they
 * are those of the working tree.
 */
export function withSpecEdits(
  planned: readonly PlannedDelivery[],
  wanted: readonly Snapshot['sources'][],
  environment: string,
  loaded?: Spec,
): readonly PlannedDelivery[] {
  const known: { readonly before: Sources; readonly after: Sources; readonly edits: Edits }[] = [];
  const between = (before: Sources, after: Sources): Edits => {
    const same = known.find((one) => one.after === after && isSame(one.before, before));
    if (same !== undefined) return same.edits;
    const edits = recordedDifference(before, after, environment, loaded);
    known.push({ before, after, edits });
    return edits;
  };
  return planned.map((delivery, i) => {
    const before = sourcesInForce(delivery);
    const after = wanted[i];
    const edits = before === undefined || after === undefined ? undefined : between(before, after);
    return edits === undefined ? delivery : { ...delivery, plan: { ...delivery.plan, spec: edits } };
  });
}

type Sources = NonNullable<Snapshot['sources']>;
type Edits = readonly SpecEdit[] | undefined;

/** Returns the recorded sources of the revision in force, empty if nothing is; undefined if they are unknown. */
function sourcesInForce({ observed }: Pick<PlannedDelivery, 'observed'>): Sources | undefined {
  const { current, state } = observed;
  if (current !== undefined) return current.snapshot.sources;
  return state.applied === undefined && observed.journal === undefined ? [] : undefined;
}

/** Returns true if two lists have the same files with the same texts. */
function isSame(one: Sources, other: Sources): boolean {
  return (
    one.length === other.length &&
    one.every(({ file, text }, i) => other[i]?.file === file && other[i].text === text)
  );
}
