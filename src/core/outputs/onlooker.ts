import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';

/** News of a step on its way. */
export type StepNews =
  | {
      readonly type: 'waiting';
      readonly ref: string;
      readonly reason: string;
      /** ISO 8601. */
      readonly until: string;
    }
  | { readonly type: 'notice'; readonly message: string };

/** The run that puts a step in force: hears news of it, and says how long it may wait. */
export interface Onlooker {
  readonly tell: (news: StepNews) => void;
  /** Milliseconds of each wait. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** The parts of a step that aren't healthy. */
export interface Unhealthy {
  readonly count: number;
  /** One of them, with the reason. */
  readonly first: string;
}

/** Parts of a step aren't healthy, or not in time (exit code 9 if everything is written). */
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
