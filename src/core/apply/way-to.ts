import type { Revision } from '../revision/revision.ts';
import { revisionDigest } from '../revision/revision-files.ts';
import type { Delivery } from './delivery.ts';
import { type Stage, stages } from './stages.ts';

/** The stages that have to be written: one whose bytes are those before it is left out. */
export function wayTo({
  observed,
  next,
  lower,
  target,
}: Pick<Delivery, 'observed' | 'next' | 'lower' | 'target'>): readonly Stage[] {
  const old: Revision | undefined = observed.current?.snapshot;
  const all = stages(old, next, lower, target.between);
  const altered = observed.altered.length > 0;
  let before = observed.current?.pointer.compiled;
  return all.filter(({ revision }, i) => {
    const digest = revisionDigest(revision.artifacts);
    // Files that someone changed are written again, even if the spec asks for what it did.
    const needed = digest !== before || (altered && i === all.length - 1);
    before = needed ? digest : before;
    return needed;
  });
}
