import type { RunEnd } from '../../core/canary/run/run-end.ts';
import type { Refusal } from '../../core/refusal.ts';

/** Returns the end of a run that a refusal of its writes ends. */
export function refusedBy({ code, message, details = [] }: Refusal): RunEnd {
  return { exitCode: code, message: [message, ...details].join('; ') };
}
