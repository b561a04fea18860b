import type { Ir } from '../../ir/ir.ts';
import type { Revision } from '../../revision/revision.ts';
import type { Artifact } from '../../targets/artifact.ts';
import type { Proxy } from '../../targets/proxy.ts';
import type { Between } from '../../targets/target.ts';
import { accessBetween } from '../access-between.ts';

export type StageName = 'make' | 'switch' | 'break';

/** A whole revision, safe by itself, that proxies read on the way from one to another. */
export interface Stage {
  readonly name: StageName;
  readonly revision: Revision;
  /** True if connections opened before it must have ended: they keep the access that they were opened under. */
  readonly drained: boolean;
}

/**
 * The way from what proxies read now to what they shall read. *make* adds everything new beside the old, *switch*
 * moves routes and listeners over, *break* is the new revision and nothing else. From nothing, it is one stage. Where mTLS
 * and access change together, *make* and *switch* are two steps each. `way` is the target's.
 */
export function stages(
  old: Revision | undefined,
  next: Revision,
  lower: (ir: Ir) => readonly Artifact[],
  way: Between | undefined,
): readonly Stage[] {
  if (old === undefined) return [{ name: 'make', revision: next, drained: false }];
  // Nobody waits for files that no proxy of ours reads: whoever takes them gets them at once.
  if (way === undefined || (old.proxies.length === 0 && next.proxies.length === 0))
    return [{ name: 'switch', revision: next, drained: false }];
  const between = accessBetween(old.ir, next.ir);
  // Recorded files are what proxies really have: they are compiled again only where access has to differ.
  const oldServing = between.changed ? lower(between.before) : old.artifacts;
  const newServing = between.changed ? lower(between.after) : next.artifacts;

  const made = way.union(way.serving(old.artifacts, oldServing), oldServing, newServing, next.artifacts);
  const switched = way.union(way.serving(next.artifacts, newServing), newServing, made);
  const proxies = proxiesOf(old, next);
  const { about, trust } = next;
  const of = { about, ...(trust && { trust }) };
  const stage = (
    name: StageName,
    ir: Ir,
    artifacts: readonly Artifact[],
    from: Revision,
    drained = false,
  ): Stage => {
    // Without a difference of access the mesh of the switch is that of the whole change.
    const weighted = ir === between.after && !between.changed ? next.weighted : undefined;
    const revision = { ir, ...(weighted && { weighted }), artifacts, proxies: proxies(from), ...of };
    return { name, revision, drained };
  };
  const { first, last } = between;
  // The rules first, then mTLS; and at the end mTLS first, until no connection lives by the one of before, then the rules.
  const firstServing = first && lower(first);
  const lastServing = last && lower(last);
  return [
    ...(firstServing
      ? [stage('make', first, way.union(way.serving(old.artifacts, firstServing), firstServing), old)]
      : []),
    stage('make', between.before, made, old),
    stage('switch', between.after, switched, next),
    ...(lastServing
      ? [
          stage(
            'switch',
            last,
            way.union(way.serving(next.artifacts, lastServing), lastServing, made),
            next,
            true,
          ),
        ]
      : []),
    { name: 'break', revision: next, drained: between.connections },
  ];
}

function proxiesOf(old: Revision, next: Revision): (preferred: Revision) => readonly Proxy[] {
  return (preferred) => {
    const other = preferred === old ? next : old;
    const known = new Set(preferred.proxies.map(({ id }) => id));
    return [...preferred.proxies, ...other.proxies.filter(({ id }) => !known.has(id))];
  };
}
