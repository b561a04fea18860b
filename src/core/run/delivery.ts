import type { Clock } from '../../ports/clock.ts';
import type { ProxyAdmin } from '../../ports/proxy-admin.ts';
import type { Claims } from '../history/claims.ts';
import type { RunCommand } from '../history/entry.ts';
import type { Journal } from '../history/journal.ts';
import type { Snapshot } from '../history/snapshot.ts';
import type { Material } from '../identity/certificate-issuer.ts';
import type { ReachedTrust } from '../identity/rotation/evidence.ts';
import type { OutputDriver } from '../outputs/output-driver.ts';
import type { Change } from '../outputs/step.ts';
import type { PlannedTarget } from '../plan/assemble-plan.ts';

/** A planned target with everything that carrying out the plan needs. */
export interface Delivery extends PlannedTarget, Change {
  /** The output, which is written only while the lock is held. */
  readonly output: OutputDriver;
  /** Epoch of the held lock; written names include it, so that no two runs write the same name. */
  readonly epoch: number;
  /** The stopped run to resume. */
  readonly resumes?: Journal;
  /** Certificates issued for this plan; they are written with it. */
  readonly materials: readonly Material[];
  /** The trust that is in force once the run has succeeded; absent if it doesn't change. */
  readonly reaches?: Omit<ReachedTrust, 'since' | 'evidence'>;
  /** True if the run renews every certificate that is due. */
  readonly renews?: boolean;
  /** Digest of the roots that the certificates chain to. */
  readonly roots?: string;
  /** Objects and fields that the user takes over; a resumed run takes the same ones. */
  readonly claims?: Claims;
  /** The files that `next` was compiled from, if they aren't those of the run: a rollback records the former ones. */
  readonly sources?: NonNullable<Snapshot['sources']>;
  /** The run that a rollback applies again, if it differs from target to target. */
  readonly recorded?: Pick<Run, 'rollbackOf' | 'commit' | 'dirty' | 'specDigest'>;
}

/** One run of apply or rollback, in the form of the history. */
export interface Run {
  /** ULID. */
  readonly id: string;
  readonly command: RunCommand;
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

/** The parts of the world that delivery needs, and its timeout for each stage (milliseconds). */
export interface Surroundings {
  readonly clock: Clock;
  readonly admin: ProxyAdmin;
  readonly timeout: number;
  readonly signal: AbortSignal;
}
