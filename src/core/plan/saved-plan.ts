import { canonicalJson } from '../lib/canonical-json.ts';
import { record } from '../lib/record.ts';
import { sha256 } from '../lib/sha256.ts';
import { contentDigest, writtenByRef } from '../revision/object-ref.ts';
import { revisionDigest } from '../revision/revision-files.ts';
import type { Allowances } from './allowances.ts';
import type { PlannedTarget } from './assemble-plan.ts';
import type { Plan } from './plan.ts';

/**
 * A plan that people approve, with the values that `apply` compares before it carries the plan out. It holds no secret.
 */
export interface SavedPlan extends Plan {
  /** The end of the plan's validity, ISO 8601. */
  readonly expires: string;
  readonly checks: PlanChecks;
}

/** The input of a plan. */
export interface PlanChecks {
  /** Tool and version, `mesh/1.2.3`. */
  readonly tool: string;
  readonly environment: string;
  /** Allowances at the time of the plan. */
  readonly allowed: Allowances;
  /** Digest of the sources of the spec. */
  readonly spec: string;
  readonly targets: Readonly<Record<string, TargetChecks>>;
}

/** The compiled revision of one target, and the observed content of its output; `absent` stands for missing content. */
export interface TargetChecks {
  /** `<mesh>.<environment>.<target>`. */
  readonly inventory: string;
  /** The history entry that is applied. */
  readonly applied: string;
  /** The revision in force. */
  readonly revision: string;
  /** Digest of the compiled revision. */
  readonly compiled: string;
  /** Digest of the present content of each object that changes, by ref. */
  readonly objects: Readonly<Record<string, string>>;
  /** Files whose content differs from what was written. */
  readonly altered: readonly string[];
  /** Obstacles at the output. */
  readonly foreign: readonly string[];
}

/** Time for which a saved plan may be applied, in milliseconds. */
const planLifetime = 24 * 60 * 60 * 1000;

export const absent = 'absent';

/** Returns the values from which plans of these targets start. */
export function targetChecks(targets: readonly PlannedTarget[]): PlanChecks['targets'] {
  return record(targets.map((target) => [target.name, checksOf(target)]));
}

function checksOf({ observed, next, plan }: PlannedTarget): TargetChecks {
  const there = digestsOf({ observed, plan });
  return {
    inventory: observed.state.inventory,
    applied: observed.state.applied ?? absent,
    revision: observed.current?.name ?? absent,
    compiled: revisionDigest(next.artifacts),
    objects: record(plan.objects.map(({ ref }) => [ref, there(ref)])),
    altered: observed.altered,
    foreign: observed.foreign.map(({ path }) => path),
  };
}

/** Returns the digests of the present objects, by ref: the observed ones, or else those of the revision in force. */
export function digestsOf({
  observed,
  plan,
}: Pick<PlannedTarget, 'observed' | 'plan'>): (ref: string) => string {
  if (plan.digestOf !== undefined) return plan.digestOf;
  const there = writtenByRef(observed.current?.snapshot.artifacts ?? []);
  return (ref) => {
    const artifact = there.get(ref);
    return artifact === undefined ? absent : contentDigest(artifact);
  };
}

/** Returns a plan in the form of its file: its id is the digest of the whole content. */
export function savedPlan(plan: Plan, checks: PlanChecks, now: Date): SavedPlan {
  const expires = new Date(now.getTime() + planLifetime).toISOString();
  return withId({ ...plan, expires, checks });
}

/** Returns the plan with the id that follows from its content. */
export function withId({ planId: _, ...content }: SavedPlan): SavedPlan {
  return { ...content, planId: sha256(canonicalJson(content)).slice(0, 32) };
}
