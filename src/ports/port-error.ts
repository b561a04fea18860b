import { Failure } from '../core/failure.ts';

/**
 * A refusal or failure of the outside world: a file, Git, a proxy, a key. Mistakes in the command line are
 * `UsageError`s.
 */
export class PortError extends Failure {}
