import { type ExitCode, exit } from './exit-code.ts';

/** The reason why a run does not begin, with the exit code of that reason (cli.md). */
export interface Refusal {
  readonly code: ExitCode;
  /** The problem, and what to do. */
  readonly message: string;
  /** Details of the reason, one on each line. */
  readonly details?: readonly string[];
}

/** Returns the exit code of a refused run: of several codes, the first in this order; 0 if nothing refuses. */
export function refusalCode(refusals: readonly Pick<Refusal, 'code'>[]): ExitCode {
  const [first] = refusals.toSorted((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
  return first?.code ?? exit.success;
}

const order: readonly ExitCode[] = [
  exit.usage,
  exit.findings,
  exit.unreachable,
  exit.locked,
  exit.refused,
  exit.certificate,
  exit.foreign,
  exit.stale,
  // A reason without a code of its own.
  exit.failed,
];
