import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';

/** News of a step while it is put in force. */
export type StepNews =
  | {
      readonly type: 'waiting';
      readonly ref: string;
      readonly reason: string;
      /** ISO 8601. */
      readonly until: string;
    }
  | { readonly type: 'notice'; readonly message: string };

/** The run that puts a step in force: it gets the news of the step, and limits the waits. */
export interface Onlooker {
  readonly tell: (news: StepNews) => void;
  /** Milliseconds of each wait. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** The parts of a step that aren't healthy. */
export interface Unhealthy {
  readonly count: number;
  /** One of the unhealthy parts, with the reason. */
  readonly first: string;
}

/** The error for parts of a step that aren't healthy in time (exit code 9 if everything is written). */
export class UnhealthyStep extends PortError {
  /** True if all of the step is written, and only its health is open. */
  readonly isWritten: boolean;
  readonly unhealthy: Unhealthy;

  constructor(message: string, isWritten: boolean, unhealthy: Unhealthy) {
    super(message, exit.unaccepted);
    this.name = 'UnhealthyStep';
    this.isWritten = isWritten;
    this.unhealthy = unhealthy;
  }
}
