import type { Clock } from '../../ports/clock.ts';
import type { ProxyAdmin } from '../../ports/proxy-admin.ts';
import type { Revision } from '../revision/revision.ts';
import type { Json } from './artifact.ts';

/** The report of a proxy's admin address about its process and its configuration. */
export interface ProxyReport {
  /** Versions in force, by resource; only the target knows the names. */
  readonly versions: ReadonlyMap<string, string>;
  /** Counters and gauges by their whole name; counters start at 0 with the process. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly started: Moment;
  /** Version of the program; absent if the proxy doesn't say. */
  readonly version?: string;
}

/** The time when a process started, as a span that contains the moment, in milliseconds of the wall clock. */
export interface Moment {
  readonly from: number;
  readonly to: number;
}

/** The counters of a proxy at one moment; later increases come from revisions that were written afterwards. */
export interface Baseline {
  /** The time of the report, in milliseconds of the wall clock. */
  readonly at: number;
  /** Absent if the proxy gave no report at that moment. */
  readonly report?: Pick<ProxyReport, 'numbers' | 'started'> & Partial<Pick<ProxyReport, 'versions'>>;
  /** True if the proxy had accepted the revision in force by then: any later failure comes from this revision. */
  readonly isAccepted?: boolean;
}

/** Baselines by proxy. */
export type Baselines = ReadonlyMap<string, Baseline>;

/** The version that one resource of a proxy must show; only the target knows the names of resources. */
export interface Expected {
  readonly resource: string;
  /** The kind of resource, as a word for messages, such as `listeners`. */
  readonly kind: string;
  /** Path of the resource's file in the output. */
  readonly path: string;
  /** Absent if the bootstrap names a file that the revision doesn't have. */
  readonly version?: string;
  /** True if the file differs from the previous step's. */
  readonly isChanged: boolean;
}

/** A proxy that can be asked. */
export interface AskedProxy {
  readonly id: string;
  /** The proxy's admin address. */
  readonly admin: string;
  /** The node id in the bootstrap; a process with another id is another proxy. */
  readonly node: string | undefined;
  readonly expected: readonly Expected[];
}

/** A proxy, with the versions that it must show once it has read a revision. */
export interface WatchedProxy extends AskedProxy {
  /** True if the proxy has ever answered. */
  readonly seen: boolean;
  readonly before?: Baseline;
  /** A path that the revision's own bootstrap names but the revision doesn't have: no proxy can start with it. */
  readonly missing?: string;
  /** The longest time that its old listeners may drain, in milliseconds. */
  readonly drainTime: number;
}

/** The answer of a proxy's admin address. */
export type ProxyAnswer =
  | { readonly state: 'report'; readonly report: ProxyReport }
  /** `absent`: nobody listens at the address. `silent`: somebody listens and does not answer in time. */
  | { readonly state: 'absent' | 'silent' }
  /** Another process than this proxy answers at the address; `node` is its node id if it is a proxy. */
  | { readonly state: 'foreign'; readonly detail: string; readonly node?: string };

/** The ports that asking a proxy needs. */
export interface Asking {
  readonly clock: Clock;
  readonly admin: ProxyAdmin;
}

/** The verdict if a proxy has accepted the revision that was written for it. */
export type Verdict =
  | { readonly state: 'accepted' }
  | { readonly state: 'waiting'; readonly reason: string }
  | { readonly state: 'rejected'; readonly detail: string };

/** A revision that is or was in force, with its written versions. */
export interface ReadRevision {
  readonly revision: Revision;
  /** The written version of each file. */
  readonly versions: ReadonlyMap<string, string>;
}

/** The way to find out if the proxies of a target have accepted a revision. */
export interface Acceptance {
  /**
   * Returns the proxies that read a revision after `old`, with the versions that they must show; endpoints count only
   * in files of `changed`. A running proxy was started with the bootstrap of `old` and reads the files that this
   * bootstrap names until somebody restarts it.
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
   * Compares the versions that a proxy shows with the expected ones, and its counters with those before the write. With
   * `isLast` all versions must be in force, otherwise only those that the stage changes.
   */
  readonly verdict: (
    expected: readonly Expected[],
    before: Baseline,
    now: ProxyReport,
    isLast: boolean,
  ) => Verdict;
  /** Returns the number of parts of a proxy that still serve connections opened before their change. */
  readonly draining: (report: ProxyReport) => number;
  /** Returns true if increases since the baseline can be computed from a report. */
  readonly isComparable: (before: Baseline, now: ProxyReport) => boolean;
  /** Returns the baselines in the form that the journal stores. */
  readonly baselinesJson: (baselines: Baselines) => Json;
  /** Reads the text of `baselinesJson`; leaves out entries of another shape. */
  readonly readBaselines: (json: Json | undefined, isAccepted?: boolean) => Baselines;
}
