import { exit } from './exit-code.ts';
import { Failure } from './failure.ts';

/**
 * A mistake in the command line: an option, value or combination that the command doesn't accept. The exit code is 64.
 */
export class UsageError extends Failure {
  constructor(message: string, options?: ErrorOptions) {
    super(message, exit.usage, options);
  }
}
