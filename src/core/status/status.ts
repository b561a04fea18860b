import type { RolloutRecord } from '../canary/record/rollout-record.ts';
import type { HistoryEntry, RunCommand } from '../history/entry.ts';
import type { Hold } from '../history/hold.ts';
import type { IssuerLife } from '../identity/issuer-life.ts';
import type { ArrivedObject } from '../outputs/arrived-object.ts';

/**
 * A proxy's state. `behind`: it shows another revision than the one in force. `silent`: it answered before and no
 * longer does.
 */
export interface ProxyStatus {
  readonly id: string;
  readonly state: 'accepted' | 'behind' | 'silent' | 'unseen';
  /** The configuration that the proxy shows instead, or the address at which it was asked. */
  readonly detail?: string;
  /** Time of the proxy's last answer to an apply; ISO 8601. */
  readonly seen?: string;
  /** Version of the program that runs the proxy; absent if it doesn't answer, or doesn't say. */
  readonly version?: string;
  /** True if another process answers at its address. */
  readonly foreign?: true;
}

/**
 * A certificate's state. `due`: the next apply renews it. `near`: less than 15 % of its validity period is left.
 * `early`: it is not valid yet. `wrong`: its proxy can't use it. The next apply renews each that isn't `good`.
 */
export interface CertificateStatus {
  readonly proxy: string;
  readonly subject: string;
  readonly state: 'good' | 'due' | 'near' | 'expired' | 'early' | 'wrong' | 'missing';
  /** The reason why the certificate can't be used, or a warning that nothing renews it. */
  readonly detail?: string;
  readonly fingerprint?: string;
  readonly expires?: string;
  /** Whole days; negative once it has expired. */
  readonly daysLeft?: number;
}

/** A run that stopped half way, or that is under way now. */
export interface RunStatus {
  readonly id: string;
  readonly command: RunCommand;
  readonly started?: string;
  readonly actor?: string;
  /** The last stage that is in force, and the number of stages. */
  readonly reached: number;
  readonly stages: number;
}

/** The holder of an output's lock. */
export interface LockStatus {
  readonly epoch: number;
  readonly id?: string;
  readonly holder?: string;
  readonly command?: string;
  readonly since?: string;
  /** True if the holder's process has certainly ended: the next run takes the lock over. */
  readonly isGone: boolean;
}

/** The revision applied to a target, and its state. */
export interface TargetStatus {
  readonly applied?: Pick<
    HistoryEntry,
    | 'id'
    | 'command'
    | 'started'
    | 'finished'
    | 'actor'
    | 'tool'
    | 'commit'
    | 'dirty'
    | 'planId'
    | 'rollbackOf'
    | 'outcome'
  >;
  /** The mark of the step that is in force: in a directory, the folder that proxies read. */
  readonly revision?: string;
  readonly proxies: readonly ProxyStatus[];
  /** Objects in the places to which a controller carries them; absent if these can't be observed. */
  readonly objects?: readonly ArrivedObject[];
  readonly certificates: readonly CertificateStatus[];
  /** The time of the last run that renewed the certificates that were due; absent if there was none. ISO 8601. */
  readonly renewed?: string;
  /** The lives of the target's root and issuer, if there is a trust file. */
  readonly issuers?: readonly IssuerLife[];
  /** Records of Rollouts; absent if there are none. */
  readonly rollouts?: readonly RolloutRecord[];
  readonly run?: RunStatus;
  readonly hold?: Hold;
  readonly lock?: LockStatus;
  /**
   * Files that were changed since the apply, and files that don't belong to the output; `mesh drift` has the details.
   */
  readonly differing: readonly string[];
}

/** Returns the problems of a target, the worst first, as exit codes of `status --detailed-exitcode` (cli.md). */
export function concerns({
  run,
  lock,
  applied,
  proxies,
  objects = [],
  certificates,
  issuers = [],
  differing,
}: TargetStatus): readonly (8 | 9 | 13 | 2)[] {
  // A run whose holder is alive is no problem.
  const isUnderWay = lock !== undefined && !lock.isGone && lock.id === run?.id;
  const bad = new Set(['near', 'expired', 'early', 'wrong', 'missing']);
  return [
    ...(run !== undefined && !isUnderWay ? [8 as const] : []),
    ...(proxies.some(({ state }) => state === 'behind' || state === 'silent') ||
    objects.some(({ state }) => state !== 'healthy' && state !== 'unknown') ||
    applied?.outcome === 'unconfirmed'
      ? [9 as const]
      : []),
    ...([...certificates, ...issuers].some(({ state }) => bad.has(state)) ? [13 as const] : []),
    ...(differing.length > 0 ? [2 as const] : []),
  ];
}
