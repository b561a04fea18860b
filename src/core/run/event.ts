import type { CanaryEvent } from '../canary/progress/canary-event.ts';
import type { ExitCode } from '../exit-code.ts';
import type { RunCommand } from '../history/entry.ts';
import type { ObjectOperation } from '../revision/object-operation.ts';

/** An event of a run, as `--format ndjson` writes it (cli.md, schemas/output/events.json). Times are ISO 8601. */
export type Event =
  | {
      readonly type: 'start';
      readonly command: RunCommand | 'drift';
      readonly tool: string;
      readonly revision: string;
    }
  | {
      readonly type: 'change';
      readonly target: string;
      readonly ref: string;
      readonly op: ObjectOperation;
      readonly state: 'done';
      /** For drift: the description of the change. */
      readonly detail?: string;
      /** For drift: the owner of the file, and the time of its last write. */
      readonly by?: { readonly owner: string; readonly modified: string };
    }
  | {
      readonly type: 'switch';
      readonly target: string;
      /** Name of the step, or `back`. */
      readonly stage: string;
      readonly revision: string;
      /** Number of proxies that are asked. */
      readonly proxies: number;
      /** Name of every step of the way forward, in order. */
      readonly stages?: readonly string[];
    }
  | {
      readonly type: 'proxy';
      readonly target: string;
      readonly id: string;
      readonly state: 'accepted' | 'rejected' | 'unseen';
      readonly detail?: string;
    }
  | {
      readonly type: 'waiting';
      readonly target: string;
      readonly ref: string;
      readonly reason: string;
      readonly until: string;
    }
  | {
      readonly type: 'certificate';
      readonly target: string;
      readonly subject: string;
      readonly action: 'issue' | 'renew' | 'keep' | 'delete';
      readonly fingerprint?: string;
    }
  | {
      readonly type: 'lock';
      readonly target: string;
      /** `watched`: the holder shows no sign of life; the lock is taken over unless a sign comes. */
      readonly state: 'taken' | 'taken over' | 'held' | 'watched' | 'lost';
      /** The id that `--force-unlock` needs. */
      readonly id?: string;
      readonly epoch?: number;
      /** `user@host` of the present or previous holder. */
      readonly holder?: string;
      readonly since?: string;
      readonly until?: string;
    }
  | CanaryEvent
  | { readonly type: 'notice'; readonly target?: string; readonly message: string }
  | {
      readonly type: 'end';
      readonly outcome: Outcome;
      readonly exitCode: ExitCode;
      readonly counts: Readonly<Record<string, number>>;
    };

/** The end of a run; `cause` has the reason and the exit code for the reason alone. */
export interface Outcome {
  readonly result:
    | 'succeeded'
    | 'unchanged'
    | 'incomplete'
    | 'unconfirmed'
    | 'failed'
    | 'refused'
    | 'interrupted'
    | 'declined';
  readonly cause?: { readonly code: ExitCode; readonly message: string };
  /** Proxies that have never answered, sorted; they have confirmed nothing. Absent if every proxy answered. */
  readonly unseen?: readonly string[];
  /** Proxies that ran before and do not run, sorted. Absent if none of them ended the run. */
  readonly gone?: readonly string[];
}
