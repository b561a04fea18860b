import type { Clock } from '../../ports/clock.ts';
import type { Directory } from '../../ports/directory.ts';
import type { ProxyAdmin } from '../../ports/proxy-admin.ts';
import type { Journal } from '../history/journal.ts';
import type { Snapshot } from '../history/snapshot.ts';
import type { Material } from '../identity/certificate-issuer.ts';
import type { Ir } from '../ir/ir.ts';
import type { PlannedTarget } from '../plan/assemble-plan.ts';
import type { Artifact } from '../targets/artifact.ts';
import type { Target } from '../targets/target.ts';

/** A planned target with all that carrying the plan out needs. */
export interface Delivery extends PlannedTarget {
  /** Lets write only while the lock is held. */
  readonly directory: Directory;
  /** Of the lock that is held; names what is written, so that no two runs meet. */
  readonly epoch: number;
  /** The stopped run that is gone on with. */
  readonly resumes?: Journal;
  /** The directory as proxies see it. */
  readonly seenAs: string;
  /** The target's own part in a delivery. */
  readonly target: Pick<Target, 'between' | 'acceptance'>;
  /** Compiles the meshes that lie between two revisions. */
  readonly lower: (ir: Ir) => readonly Artifact[];
  /** Certificates issued for this plan; they are written with it. */
  readonly materials: readonly Material[];
  /** Digest of the roots that they chain to. */
  readonly roots?: string;
  /** What is applied again, where a rollback goes to another revision at each target. */
  readonly recorded?: Pick<Run, 'rollbackOf' | 'commit' | 'dirty' | 'specDigest'>;
}

/** One run of apply or rollback, as history records it. */
export interface Run {
  /** ULID. */
  readonly id: string;
  readonly command: 'apply' | 'rollback';
  readonly started: string;
  readonly actor: string;
  /** Tool and version. */
  readonly tool: string;
  readonly commit?: string;
  readonly dirty?: boolean;
  readonly specDigest: string;
  readonly planId: string;
  readonly sources?: NonNullable<Snapshot['sources']>;
  readonly rollbackOf?: string;
}

/** What delivery needs of the world, and how long it waits for each stage (milliseconds). */
export interface Surroundings {
  readonly clock: Clock;
  readonly admin: ProxyAdmin;
  readonly timeout: number;
  readonly signal: AbortSignal;
}
