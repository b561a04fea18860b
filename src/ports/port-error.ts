import type { ExitCode } from '../core/exit-code.ts';

/** What the world outside refused or could not do, in words for people and the exit code of cli.md. */
export class PortError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PortError';
    this.exitCode = exitCode;
  }
}
