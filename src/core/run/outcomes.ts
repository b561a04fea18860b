import type { PortError } from '../../ports/port-error.ts';
import { type ExitCode, exit } from '../exit-code.ts';
import type { RunCommand } from '../history/entry.ts';
import type { Outcome } from './event.ts';

/** Returns the outcome of a run that a signal stopped; the reason of `signal` is the exit code. */
export function stopped(signal: AbortSignal): Outcome {
  const code = signal.reason === exit.terminated ? exit.terminated : exit.interrupted;
  return {
    result: 'interrupted',
    cause: { code, message: `${code === exit.terminated ? 'SIGTERM' : 'Ctrl-C (SIGINT)'} stopped the run` },
  };
}

/** Returns the outcome of a run whose proxies did not accept in time; after the last stage, everything is written. */
export function late(message: string, last: boolean): Outcome {
  return { result: last ? 'unconfirmed' : 'incomplete', cause: { code: exit.unaccepted, message } };
}

/** Returns words for the proxies that gave no usable answer, with the reason of the first. */
export function unheard(silent: ReadonlyMap<string, string>): string {
  const [first] = silent;
  if (first === undefined) return '';
  const [id, reason] = first;
  const more = silent.size > 1 ? `, and ${silent.size - 1} more` : '';
  return `proxy ${id} has not confirmed it: ${reason}${more}`;
}

/** Words of a reason: nobody listens at the address of a proxy that answered before. */
export const noLongerAnswers = 'no longer answers';

/** Returns true if a run ended because a proxy that ran before does not run. */
export function isProxyGone({ cause }: Outcome): boolean {
  if (cause?.code === exit.unreachable) return cause.message.startsWith(noAnswerFrom);
  return cause?.code === exit.unaccepted && cause.message.includes(noLongerAnswers);
}

const noAnswerFrom = 'no answer from ';

/** Returns the outcome of a run whose proxies no longer answer: nothing that they may still use is removed. */
export function silence(proxies: readonly string[], wave: number): Outcome {
  const named =
    proxies.length > 5
      ? `${proxies.slice(0, 5).join(', ')} and ${proxies.length - 5} more`
      : proxies.join(', ');
  const message = `${noAnswerFrom}${named}: what they may still use is not taken away (start them, or take them out of the spec)`;
  return { result: wave === 0 ? 'refused' : 'incomplete', cause: { code: exit.unreachable, message } };
}

/** Returns the outcome after a failed write or a lost lock. */
export function broken({ message, exitCode }: PortError, written: boolean): Outcome {
  return { result: written ? 'incomplete' : 'refused', cause: { code: exitCode, message } };
}

/** Returns the exit code of a run with this outcome (cli.md); 12 for a rollback that does not complete. */
export function exitCodeOf({ result, cause }: Outcome, command: RunCommand): ExitCode {
  switch (result) {
    case 'succeeded':
    case 'unchanged':
      return exit.success;
    case 'incomplete':
      return command === 'rollback' ? exit.unrecovered : exit.incomplete;
    case 'unconfirmed':
      return command === 'rollback' ? exit.unrecovered : exit.unaccepted;
    case 'failed':
      return exit.unrecovered;
    case 'refused':
    case 'interrupted':
    case 'declined':
      return cause?.code ?? exit.interrupted;
  }
}
