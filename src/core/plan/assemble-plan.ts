import type { Observed } from '../history/observed.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { record } from '../lib/record.ts';
import { sha256 } from '../lib/sha256.ts';
import type { Counts } from '../revision/object-operation.ts';
import type { Revision } from '../revision/revision.ts';
import { revisionDigest } from '../revision/revision-files.ts';
import type { Allowances } from './allowances.ts';
import type { Guardrail, Plan, TargetPlan, TargetReport } from './plan.ts';
import { pruneGuards } from './prune-guards.ts';

/** A target with its observed output and its compiled revision. */
export interface PlannedTarget {
  readonly name: string;
  readonly observed: Observed;
  readonly next: Revision;
  readonly plan: TargetPlan;
}

/**
 * Assembles one plan for all targets, with the digest of everything that decides what an apply would do. Checks
 * guardrails only if `allowed` is given; `broken` are those known before, of the spec and of
 * holds.
 */
export function assemblePlan(
  targets: readonly PlannedTarget[],
  tool: string,
  head: Omit<Plan['head'], 'digest'>,
  allowed?: Allowances,
  broken: readonly Guardrail[] = [],
): Plan {
  const digests = targets.map(({ name, observed, next }) => ({
    name,
    inventory: observed.state.inventory,
    base: observed.current?.compiled ?? 'absent',
    altered: observed.altered,
    foreign: observed.foreign,
    head: revisionDigest(next.artifacts),
  }));
  return {
    formatVersion: '1.0',
    targets: record(targets.map(({ name, plan: { digestOf: _, ...report } }) => [name, report])),
    counts: countsOf(targets.map(({ plan }) => plan)),
    ...(allowed && {
      guardrails: [...broken, ...targets.flatMap((target) => pruneGuards(target, allowed.prunePercent))],
    }),
    base: record(
      targets.flatMap(({ name, observed: { current } }) => (current ? [[name, current.name] as const] : [])),
    ),
    head: {
      ...head,
      digest: sha256(digests.map(({ name, head: digest }) => `${name} ${digest}\n`).join('')),
    },
    planId: sha256(canonicalJson({ tool, targets: digests })).slice(0, 16),
  };
}

/** Counts the objects of each operation; each file with a conflict counts as one conflict. */
export function countsOf(plans: readonly TargetReport[]): Counts {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, adopt: 0, release: 0, conflict: 0 };
  for (const { objects, files } of plans) {
    for (const { op } of objects) counts[op]++;
    // An object with a conflict counts once, even if both lists name it.
    const refs = new Set(objects.map(({ ref }) => ref));
    for (const { op, path } of files)
      if ((op === 'conflict' || op === 'replace') && !refs.has(path)) counts[op]++;
  }
  return counts;
}
