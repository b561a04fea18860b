import type { ExitCode } from '../exit-code.ts';
import type { ObjectOperation } from '../revision/object-operation.ts';

/** Something that happened on the way, as `--format ndjson` writes it (cli.md, schemas/output/events.json); times are ISO 8601. */
export type Event =
  | {
      readonly type: 'start';
      readonly command: 'apply' | 'rollback' | 'drift';
      readonly tool: string;
      readonly revision: string;
    }
  | {
      readonly type: 'change';
      readonly target: string;
      readonly ref: string;
      readonly op: ObjectOperation;
      readonly state: 'done';
      /** Of drift: what happened. */
      readonly detail?: string;
      /** Of drift: who owns the file, and when it was last written. */
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
      /** `watched`: someone holds it who shows no sign of life; it is taken over unless one comes. */
      readonly state: 'taken' | 'taken over' | 'held' | 'watched' | 'lost';
      /** The id that `--force-unlock` needs. */
      readonly id?: string;
      readonly epoch?: number;
      /** `user@host` of who holds it, or held it before. */
      readonly holder?: string;
      readonly since?: string;
      readonly until?: string;
    }
  | { readonly type: 'notice'; readonly target?: string; readonly message: string }
  | {
      readonly type: 'end';
      readonly outcome: Outcome;
      readonly exitCode: ExitCode;
      readonly counts: Readonly<Record<string, number>>;
    };

/** The end of a run; `cause` has the exit code that the reason would have had by itself. */
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
  /** Proxies that have never answered, sorted; they confirmed nothing. Absent if every proxy answered. */
  readonly unseen?: readonly string[];
}
