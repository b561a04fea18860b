import type { PortError } from '../../ports/port-error.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Outcome } from './event.ts';

/** A signal asked the run to stop; its reason is the exit code of that signal. */
export function stopped(signal: AbortSignal): Outcome {
  const code = signal.reason === 143 ? 143 : 130;
  return { result: 'interrupted', cause: { code, message: code === 143 ? 'terminated' : 'interrupted' } };
}

/** Proxies did not accept in time: where that was the last stage everything is written, and only that is open. */
export function late(message: string, last: boolean): Outcome {
  return { result: last ? 'unconfirmed' : 'incomplete', cause: { code: 9, message } };
}

/** Says which proxies gave no usable answer, and why the first of them did not. */
export function unheard(silent: ReadonlyMap<string, string>): string {
  const [first] = silent;
  if (first === undefined) return '';
  const [id, reason] = first;
  const more = silent.size > 1 ? `, and ${silent.size - 1} more` : '';
  return `proxy ${id} has not confirmed it: ${reason}${more}`;
}

/** Proxies that ran no longer answer, so nothing that they may still use is taken away. */
export function silence(proxies: readonly string[], wave: number): Outcome {
  const named =
    proxies.length > 5
      ? `${proxies.slice(0, 5).join(', ')} and ${proxies.length - 5} more`
      : proxies.join(', ');
  const message = `no answer from ${named}: what they may still use is not taken away (start them, or take them out of the spec)`;
  return { result: wave === 0 ? 'refused' : 'incomplete', cause: { code: 15, message } };
}

/** A write failed, or the lock was lost: nothing more is written. */
export function broken({ message, exitCode }: PortError, written: boolean): Outcome {
  return { result: written ? 'incomplete' : 'refused', cause: { code: exitCode, message } };
}

/** The exit code of a run with this outcome (cli.md). A rollback that does not come about is 12. */
export function exitCodeOf({ result, cause }: Outcome, command: 'apply' | 'rollback'): ExitCode {
  switch (result) {
    case 'succeeded':
    case 'unchanged':
      return 0;
    case 'incomplete':
      return command === 'rollback' ? 12 : 8;
    case 'unconfirmed':
      return command === 'rollback' ? 12 : 9;
    case 'failed':
      return 12;
    case 'refused':
    case 'interrupted':
    case 'declined':
      return cause?.code ?? 130;
  }
}
