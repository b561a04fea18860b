import type { ExitCode } from './exit-code.ts';

/** An expected failure of a command: a message for people that also says what to do, and the exit code of cli.md. */
export class Failure extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.exitCode = exitCode;
  }
}
