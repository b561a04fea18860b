import { accessBetween } from '../../access-change/access-between.ts';
import { isSafeInOneStep } from '../../access-change/one-step.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Revision } from '../../revision/revision.ts';
import { revisionDigest } from '../../revision/revision-files.ts';
import type { Artifact } from '../../targets/artifact.ts';
import type { Proxy } from '../../targets/proxy.ts';
import type { Between } from '../../targets/target.ts';

/** `repair` writes the revision in force again, because files were changed by hand. */
export type StageName = 'make' | 'switch' | 'break' | 'repair';

/** A whole revision that proxies read on the way from one revision to another. Each stage is safe by itself. */
export interface Stage {
  readonly name: StageName;
  readonly revision: Revision;
  /** True if connections from before the stage must have ended: they keep the access under which they were opened. */
  readonly drained: boolean;
}

/**
 * Returns the stages from the revision that proxies read now to the next revision. *make* adds everything new beside
 * the old parts, *switch* moves routes and listeners over, *break* is the new revision alone. A first revision has one
 * stage. If mTLS and access change together, *make* and *switch* have two stages each. `way` makes the files between
 * two revisions.
 */
export function stages(
  old: Revision | undefined,
  next: Revision,
  lower: (ir: Ir) => readonly Artifact[],
  way: Between | undefined,
): readonly Stage[] {
  if (old === undefined) return [{ name: 'make', revision: next, drained: false }];
  // One stage is enough if no proxy of ours reads the files.
  if (way === undefined || (old.proxies.length === 0 && next.proxies.length === 0))
    return [{ name: 'switch', revision: next, drained: false }];
  if (isOneSwitch(old, next, way)) return [{ name: 'switch', revision: next, drained: false }];
  const between = accessBetween(old.ir, next.ir);
  // Recorded artifacts are those that proxies really have: compile them again only if access has to differ.
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
    // If access stays the same, the mesh of *switch* is that of the next revision.
    const weighted = ir === between.after && !between.changed ? next.weighted : undefined;
    const revision = { ir, ...(weighted && { weighted }), artifacts, proxies: proxies(from), ...of };
    return { name, revision, drained };
  };
  const { first, last } = between;
  // *make* changes the rules before mTLS. *switch* changes mTLS first, and the rules once all older connections have
  // ended.
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
    { name: 'break', revision: next, drained: between.connections || distrusts(old, next) },
  ];
}

/** Returns true if a root is distrusted from now on: connections that it opened have to end. */
function distrusts(old: Revision, next: Revision): boolean {
  const { distrusted } = next.trust ?? {};
  return distrusted !== undefined && distrusted !== old.trust?.distrusted;
}

/** Returns true if only rules of Access change, safely in one step, and only files by which requests arrive. */
function isOneSwitch(old: Revision, next: Revision, way: Between): boolean {
  return (
    isSafeInOneStep(old.ir, next.ir) &&
    revisionDigest(way.serving(old.artifacts, next.artifacts)) === revisionDigest(next.artifacts)
  );
}

function proxiesOf(old: Revision, next: Revision): (preferred: Revision) => readonly Proxy[] {
  return (preferred) => {
    const other = preferred === old ? next : old;
    const known = new Set(preferred.proxies.map(({ id }) => id));
    return [...preferred.proxies, ...other.proxies.filter(({ id }) => !known.has(id))];
  };
}
