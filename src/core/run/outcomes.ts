import type { PortError } from '../../ports/port-error.ts';
import { type ExitCode, exit } from '../exit-code.ts';
import type { RunCommand } from '../history/entry.ts';
import type { Outcome } from './event.ts';
import type { Silence } from './gate.ts';

/** Returns the outcome of a run that a signal stopped; the reason of `signal` is the exit code. */
export function stopped(signal: AbortSignal): Outcome {
  const code = signal.reason === exit.terminated ? exit.terminated : exit.interrupted;
  return {
    result: 'interrupted',
    cause: { code, message: `${code === exit.terminated ? 'SIGTERM' : 'Ctrl-C (SIGINT)'} stopped the run` },
  };
}

/** Returns the outcome of a run whose proxies did not accept in time; after the last stage, everything is written. */
export function late(message: string, last: boolean, gone: readonly string[] = []): Outcome {
  return {
    result: last ? 'unconfirmed' : 'incomplete',
    cause: { code: exit.unaccepted, message },
    ...(gone.length > 0 && { gone: [...gone].sort() }),
  };
}

/** Returns the outcome of a run of which some proxies gave no usable answer; the message has the reason of the first. */
export function unheard(silent: ReadonlyMap<string, Silence>, last: boolean): Outcome {
  const all = [...silent];
  const [id, reason] = [all[0]?.[0] ?? '', all[0]?.[1].reason ?? ''];
  const more = all.length > 1 ? `, and ${String(all.length - 1)} more` : '';
  const gone = all.filter(([, { isGone }]) => isGone).map(([name]) => name);
  return late(`proxy ${id} has not confirmed it: ${reason}${more}`, last, gone);
}

/** Returns the outcome of a run whose proxies no longer answer: nothing that they may still use is removed. */
export function silence(proxies: readonly string[], wave: number): Outcome {
  const named =
    proxies.length > 5
      ? `${proxies.slice(0, 5).join(', ')} and ${proxies.length - 5} more`
      : proxies.join(', ');
  const message = `no answer from ${named}: what they may still use is not taken away (start them, or take them out of the spec)`;
  const cause = { code: exit.unreachable, message };
  return { result: wave === 0 ? 'refused' : 'incomplete', cause, gone: proxies };
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
