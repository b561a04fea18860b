import type { Clock } from '../../ports/clock.ts';
import type { ProxyAdmin } from '../../ports/proxy-admin.ts';
import type { Revision } from '../revision/revision.ts';
import type { Json } from './artifact.ts';

/** A report of a proxy's admin address on its process and its configuration. */
export interface ProxyReport {
  /** Version in force, by resource; only the target knows the names. */
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

/** The counters of a proxy at one moment; later increases are about the revisions written since. */
export interface Baseline {
  /** When it was taken, in milliseconds of the wall clock. */
  readonly at: number;
  /** Absent: the proxy gave no report then. */
  readonly report?: Pick<ProxyReport, 'numbers' | 'started'> & Partial<Pick<ProxyReport, 'versions'>>;
  /** Taken when the proxy had accepted the revision in force: any later failure is about this revision. */
  readonly isAccepted?: boolean;
}

/** Baselines by proxy. */
export type Baselines = ReadonlyMap<string, Baseline>;

/** The version that one resource of a proxy must show; only the target knows the names of resources. */
export interface Expected {
  readonly resource: string;
  /** The kind in a word for messages, such as `listeners`. */
  readonly kind: string;
  /** Path of the file that holds it, in the output. */
  readonly path: string;
  /** Absent: the bootstrap names a file that the revision does not have. */
  readonly version?: string;
  /** True if the file differs from the one in force before. */
  readonly isChanged: boolean;
}

/** A proxy that can be asked. */
export interface AskedProxy {
  readonly id: string;
  /** Address of its admin. */
  readonly admin: string;
  /** Node id in its bootstrap; a process with another one is somebody else's. */
  readonly node: string | undefined;
  readonly expected: readonly Expected[];
}

/** A proxy, and what it must show once it has read a revision. */
export interface WatchedProxy extends AskedProxy {
  /** True if it ever answered. */
  readonly seen: boolean;
  readonly before?: Baseline;
  /** Path that the revision's own bootstrap names and the revision does not have: no proxy starts with it. */
  readonly missing?: string;
  /** Longest life of its old listeners, in milliseconds. */
  readonly drainTime: number;
}

/** The answer of a proxy's admin address. */
export type ProxyAnswer =
  | { readonly state: 'report'; readonly report: ProxyReport }
  /** `absent`: nobody listens there. `silent`: somebody does, and does not answer in time. */
  | { readonly state: 'absent' | 'silent' }
  /** Somebody answers who is not this proxy. */
  | { readonly state: 'foreign'; readonly detail: string };

/** The effects that asking needs. */
export interface Asking {
  readonly clock: Clock;
  readonly admin: ProxyAdmin;
}

/** Tells if a proxy has taken the revision written for it. */
export type Verdict =
  | { readonly state: 'accepted' }
  | { readonly state: 'waiting'; readonly reason: string }
  | { readonly state: 'rejected'; readonly detail: string };

/** A revision that is or was in force. */
export interface ReadRevision {
  readonly revision: Revision;
  /** Of each file, as written. */
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
  /** Asks a proxy what it is and what it has. */
  readonly ask: (proxy: AskedProxy, asking: Asking, signal?: AbortSignal) => Promise<ProxyAnswer>;
  /**
   * Compares what a proxy shows with what it must show, and its counters with those of before the write. `isLast`:
   * everything must be in force, else only what the stage changes.
   */
  readonly verdict: (
    expected: readonly Expected[],
    before: Baseline,
    now: ProxyReport,
    isLast: boolean,
  ) => Verdict;
  /** Returns how many parts of a proxy still serve connections opened before their change. */
  readonly draining: (report: ProxyReport) => number;
  /** Returns true if increases since the baseline can be told from a report. */
  readonly isComparable: (before: Baseline, now: ProxyReport) => boolean;
  /** The baselines as they are kept in a journal. */
  readonly baselinesJson: (baselines: Baselines) => Json;
  /** Reads what `baselinesJson` wrote; entries of another shape are left out. */
  readonly readBaselines: (json: Json | undefined, isAccepted?: boolean) => Baselines;
}
