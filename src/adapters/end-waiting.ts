import type { ExitCode } from '../core/exit-code.ts';

/**
 * Ends this process while a server or a program has not answered. The listeners for SIGTERM end the processes of Git;
 * temporary files are removed as at every exit.
 */
export function endWaiting(code: ExitCode): never {
  process.emit('SIGTERM');
  process.exit(code);
}
