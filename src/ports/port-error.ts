import { Failure } from '../core/failure.ts';

/**
 * A refusal or failure of the outside world: a file, Git, a proxy, a key. Mistakes in the command line are
 * `UsageError`s. Comments write `PortError(7)` for one with the exit code 7.
 */
export class PortError extends Failure {}
