import type { SpecChange } from '../../ports/spec-store.ts';
import type { NotHitless } from '../access-change/not-hitless.ts';
import type { Origin } from '../location.ts';
import type { MeaningReport } from '../reach/meaning-report.ts';
import type { Counts, ObjectOperation } from '../revision/object-operation.ts';
import type { Json } from '../targets/artifact.ts';
import type { RolloutReport } from './rollout-report.ts';
import type { SpecEdit } from './spec-edit.ts';

/**
 * One field that differs; a value that doesn't exist is absent. A path names list entries by key, or else by position.
 */
export interface FieldChange {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
  /** The place of the spec that this part comes from; absent if it is the object's place. */
  readonly origin?: Origin;
}

/** The change of one object, or of one resource of a file. */
export interface ObjectChange {
  readonly op: ObjectOperation;
  /** `<file>#<kind>/<name>` in a directory. */
  readonly ref: string;
  /** The position in the order: changes with a lower number come into force first. */
  readonly wave: number;
  /** The reason why the output was not asked, or gave no clear answer; absent if the output confirmed the change. */
  readonly estimate?: string;
  /** The changed fields; only of updates. */
  readonly fields?: readonly FieldChange[];
  /** The place of the spec that the object comes or came from; for an update, the first place of its fields. */
  readonly origin?: Origin;
}

export interface FileChange {
  readonly op: 'create' | 'update' | 'replace' | 'delete' | 'conflict';
  /** Relative to the output directory. */
  readonly path: string;
  /** The reason of a conflict. */
  readonly why?: string;
  /** Ways out of a conflict, each a clause of its own. */
  readonly ways?: readonly string[];
  /** True if the place itself refuses the write (its schema, a policy): nobody else owns the object. */
  readonly isRefused?: true;
}

export interface CertificateAction {
  /** SPIFFE ID or DNS name. */
  readonly subject: string;
  readonly proxy: string;
  readonly action: 'issue' | 'renew' | 'keep';
  /** SHA-256 of the present certificate, hexadecimal. */
  readonly fingerprint?: string;
  /** The reason why the present certificate can't be used, for people; absent if it can be used. */
  readonly why?: string;
}

/** A proxy, or workloads of a mesh, that need a restart or a start: new configuration alone isn't enough. */
export interface Restart {
  readonly proxy: string;
  /** The command that restarts the workloads; absent for proxies that somebody starts in another way. */
  readonly command?: string;
  /**
   * `another instance`: the id belonged to an instance with other addresses. `trust changed`: the workload reads the
   * trusted roots only when it starts.
   */
  readonly why: 'trust changed' | 'new' | 'bootstrap changed' | 'another instance' | 'gone';
}

/** The plan of one target. `access` and `routing` are absent if the meaning wasn't compared. */
export interface TargetPlan extends Partial<MeaningReport> {
  /** The differences of the specs before and after; absent if they can't be computed. */
  readonly spec?: readonly SpecEdit[];
  readonly certificates: readonly CertificateAction[];
  /** Requests that no order of the changes keeps; absent if there are none or the meaning wasn't compared. */
  readonly notHitless?: readonly NotHitless[];
  /** The time of the last run that renewed the certificates that were due; absent if there was none. ISO 8601. */
  readonly renewed?: string;
  readonly restarts: readonly Restart[];
  readonly objects: readonly ObjectChange[];
  readonly files: readonly FileChange[];
  /** Objects of the inventory that are no longer wanted but not deleted, or that have fields which others have added. */
  readonly left?: readonly { readonly ref: string; readonly why: string }[];
  /** Rollouts with a record in the output; absent if there are none. */
  readonly rollouts?: readonly RolloutReport[];
  /** Number of objects in the output. */
  readonly inventory?: number;
  /** Returns the digest of an object as observed at the output; absent if the snapshot in force has the digests. */
  readonly digestOf?: (ref: string) => string;
}

/** A plan's part about one target; between two revisions of Git, certificates are unknown. */
export type TargetReport = Omit<TargetPlan, 'certificates' | 'digestOf'> &
  Partial<Pick<TargetPlan, 'certificates'>>;

/** A rule that a plan breaks, and the option that allows the plan nevertheless. */
export interface Guardrail {
  readonly rule: 'empty' | 'prune-percent' | 'hold' | 'widening' | 'spec';
  /** Absent if the rule is about the whole mesh. */
  readonly target?: string;
  readonly message: string;
  /** The option that allows the plan; absent if none does. */
  readonly allow?: string;
}

/** A plan, as `mesh plan --format json` writes it (schemas/output/plan.json). */
export interface Plan {
  readonly formatVersion: '1.0';
  readonly targets: Readonly<Record<string, TargetReport>>;
  readonly counts: Counts;
  /** Rules that the plan breaks; it is carried out only if the user allows each. */
  readonly guardrails?: readonly Guardrail[];
  /** The start of the plan, by target: the revision that proxies read now, or the base commit. */
  readonly base: Readonly<Record<string, string>>;
  /** The compiled mesh that is planned. */
  readonly head: {
    readonly commit?: string;
    readonly dirty?: boolean;
    /** The files with uncommitted changes. */
    readonly changes?: readonly SpecChange[];
    readonly digest: string;
  };
  /** Digest of everything that decides what an apply would do; for a saved plan, of the whole content of its file. */
  readonly planId: string;
  /** The time until which a saved plan may be applied (ISO 8601). */
  readonly expires?: string;
}
