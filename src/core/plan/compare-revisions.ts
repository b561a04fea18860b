import type { SpecChange } from '../../ports/spec-store.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { record } from '../lib/record.ts';
import { sha256 } from '../lib/sha256.ts';
import { writtenByRef } from '../revision/object-ref.ts';
import type { Revision } from '../revision/revision.ts';
import { revisionDigest, revisionVersions } from '../revision/revision-files.ts';
import type { Spec } from '../spec/spec.ts';
import type { ObjectOrder } from '../targets/target.ts';
import { countsOf } from './assemble-plan.ts';
import { objectChanges } from './object-changes.ts';
import type { Plan } from './plan.ts';
import { fileChanges, restarts } from './plan-target.ts';
import { specDifference } from './spec-difference.ts';
import type { SpecEdit } from './spec-edit.ts';
import type { TrustMaterial } from './trust-material.ts';
import { wayBetween } from './way-between.ts';
import { withMeaning } from './with-meaning.ts';

/** The revisions of a mesh, by target, and the commit that the mesh was read from. */
export interface Compared {
  /** The spec that the revisions were compiled from; absent if the mesh didn't exist. */
  readonly spec?: Spec;
  readonly targets: ReadonlyMap<string, Revision>;
  /** The order of changes, for each target that has one. */
  readonly orders: ReadonlyMap<string, ObjectOrder>;
  /** Digests of the files of authorities beside the spec, by path. */
  readonly files?: ReadonlyMap<string, string>;
  readonly commit?: string;
  readonly dirty?: boolean;
  readonly changes?: readonly SpecChange[];
}

/**
 * Plans the changes from one mesh to another, target by target. Outputs are not observed, so certificates are unknown.
 */
export function compareRevisions(base: Compared, head: Compared): Plan {
  const names = [...new Set([...base.targets.keys(), ...head.targets.keys()])];
  const spec = specDifference(base.spec, head.spec);
  const targets = names.map(
    (name) =>
      [
        name,
        between(
          spec,
          base.targets.get(name),
          head.targets.get(name),
          head.orders.get(name) ?? base.orders.get(name),
        ),
      ] as const,
  );
  const digests = [...head.targets].map(([name, { artifacts }]) => `${name} ${revisionDigest(artifacts)}\n`);
  const plan = {
    formatVersion: '1.0',
    targets: record(targets),
    counts: countsOf(targets.map(([, target]) => target)),
    base: record(
      base.commit === undefined
        ? []
        : [...base.targets.keys()].map((name) => [name, base.commit ?? ''] as const),
    ),
    head: {
      ...(head.commit !== undefined && { commit: head.commit }),
      ...(head.dirty !== undefined && { dirty: head.dirty }),
      ...(head.changes && { changes: head.changes }),
      digest: sha256(digests.join('')),
    },
  } as const;
  const trust = { before: filesOf(base), after: filesOf(head) };
  const meshes = new Map(
    names.map((name) => {
      const [before, after] = [base.targets.get(name), head.targets.get(name)];
      return [name, { before: before?.ir, after: after?.ir, trust, ...wayBetween(before, after) }];
    }),
  );
  return withMeaning({ ...plan, planId: sha256(canonicalJson(plan)).slice(0, 32) }, meshes);
}

function filesOf({ files }: Compared): TrustMaterial {
  return files === undefined ? {} : { files };
}

function between(
  spec: readonly SpecEdit[],
  base: Revision | undefined,
  head: Revision | undefined,
  order: ObjectOrder | undefined,
): Plan['targets'][string] {
  const [before, after] = [base?.artifacts ?? [], head?.artifacts ?? []];
  const [was, will] = [revisionVersions(before), revisionVersions(after)];
  return {
    spec,
    restarts: restarts(base, head, (bootstrap) => was.get(bootstrap) === will.get(bootstrap)),
    objects: objectChanges(before, after, order),
    inventory: writtenByRef(before).size,
    files: fileChanges(was, will, new Set()),
  };
}
