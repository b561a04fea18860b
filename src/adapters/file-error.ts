import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';

/** Returns the system's code of an error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Returns the reason why a file operation failed: the system's code, or the message of an error without a code. */
export function reasonOf(error: unknown): string {
  return errorCode(error) ?? (error instanceof Error ? error.message : String(error));
}

const forbidden: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

const words: Readonly<Record<string, string>> = {
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
};

/** Turns a failed file operation into an error for people; exit code 15 if the operation is forbidden. */
export function fileError(what: string, path: string, error: unknown): PortError {
  const reason = reasonOf(error);
  const attempt = forbidden.has(reason) ? `this user may not ${what}` : `cannot ${what}`;
  const why = words[reason] === undefined ? reason : `${reason}: ${words[reason]}`;
  return new PortError(
    `${attempt} ${JSON.stringify(path)} (${why})`,
    forbidden.has(reason) ? exit.unreachable : exit.failed,
    {
      cause: error,
    },
  );
}
