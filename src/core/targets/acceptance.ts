import type { Clock } from '../../ports/clock.ts';
import type { ProxyAdmin } from '../../ports/proxy-admin.ts';
import type { Revision } from '../revision/revision.ts';
import type { Json } from './artifact.ts';

/** A report of a proxy's admin address on its process and its configuration. */
export interface ProxyReport {
  /** Versions in force, by resource; only the target knows the names. */
  readonly versions: ReadonlyMap<string, string>;
  /** Counters and gauges by their whole name; counters start at 0 with the process. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly started: Moment;
}

/** When a process started: a span that holds the moment, in milliseconds of the wall clock. */
export interface Moment {
  readonly from: number;
  readonly to: number;
}

/** The counters of a proxy at one moment; later increases belong to revisions that were written since. */
export interface Baseline {
  /** When it was taken, in milliseconds of the wall clock. */
  readonly at: number;
  /** Absent if the proxy gave no report at that moment. */
  readonly report?: Pick<ProxyReport, 'numbers' | 'started'> & Partial<Pick<ProxyReport, 'versions'>>;
  /** True if the proxy had accepted the revision in force by then: any later failure belongs to this revision. */
  readonly isAccepted?: boolean;
}

/** Baselines by proxy. */
export type Baselines = ReadonlyMap<string, Baseline>;

/** The version that one resource of a proxy must show; only the target knows the names of resources. */
export interface Expected {
  readonly resource: string;
  /** The kind in a word for messages, such as `listeners`. */
  readonly kind: string;
  /** Path of the resource's file in the output. */
  readonly path: string;
  /** Absent if the bootstrap names a file that the revision does not have. */
  readonly version?: string;
  /** True if the file differs from the one in force before. */
  readonly isChanged: boolean;
}

/** A proxy that can be asked. */
export interface AskedProxy {
  readonly id: string;
  /** Address of its admin. */
  readonly admin: string;
  /** Node id in the bootstrap; a process with another id is another proxy. */
  readonly node: string | undefined;
  readonly expected: readonly Expected[];
}

/** A proxy, with the versions that it must show once it has read a revision. */
export interface WatchedProxy extends AskedProxy {
  /** True if it ever answered. */
  readonly seen: boolean;
  readonly before?: Baseline;
  /** Path that the revision's own bootstrap names and that is missing from the revision: no proxy can start. */
  readonly missing?: string;
  /** Longest life of its old listeners, in milliseconds. */
  readonly drainTime: number;
}

/** The answer of a proxy's admin address. */
export type ProxyAnswer =
  | { readonly state: 'report'; readonly report: ProxyReport }
  /** `absent`: nobody listens at the address. `silent`: somebody listens and does not answer in time. */
  | { readonly state: 'absent' | 'silent' }
  /** Another process than this proxy answers. */
  | { readonly state: 'foreign'; readonly detail: string };

/** The effects that asking needs. */
export interface Asking {
  readonly clock: Clock;
  readonly admin: ProxyAdmin;
}

/** Says if a proxy has accepted the revision that was written for it. */
export type Verdict =
  | { readonly state: 'accepted' }
  | { readonly state: 'waiting'; readonly reason: string }
  | { readonly state: 'rejected'; readonly detail: string };

/** A revision that is or was in force. */
export interface ReadRevision {
  readonly revision: Revision;
  /** The version of each file, as written. */
  readonly versions: ReadonlyMap<string, string>;
}

/** Finds out if the proxies of a target have accepted a revision. */
export interface Acceptance {
  /**
   * Returns the proxies that read a revision, coming from `old`; of endpoints only files in `changed` are asked for. A
   * running proxy was started with the bootstrap of `old`, and reads the files that this bootstrap names until someone
   * starts the proxy anew.
   */
  readonly watched: (
    now: ReadRevision,
    changed: ReadonlySet<string>,
    old: Revision | undefined,
    isSeen: (proxy: string) => boolean,
  ) => readonly WatchedProxy[];
  /** Asks a proxy for its identity and its versions. */
  readonly ask: (proxy: AskedProxy, asking: Asking, signal?: AbortSignal) => Promise<ProxyAnswer>;
  /**
   * Compares the versions that a proxy shows with the expected ones, and its counters with those before the write.
   * `isLast`: all versions must be in force, else only those that the stage changes.
   */
  readonly verdict: (
    expected: readonly Expected[],
    before: Baseline,
    now: ProxyReport,
    isLast: boolean,
  ) => Verdict;
  /** Returns how many parts of a proxy still serve connections opened before their change. */
  readonly draining: (report: ProxyReport) => number;
  /** Returns true if a report shows the increases since the baseline. */
  readonly isComparable: (before: Baseline, now: ProxyReport) => boolean;
  /** Returns the baselines in the form of the journal. */
  readonly baselinesJson: (baselines: Baselines) => Json;
  /** Reads what `baselinesJson` wrote; entries of another shape are left out. */
  readonly readBaselines: (json: Json | undefined, isAccepted?: boolean) => Baselines;
}
