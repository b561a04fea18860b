import type { RunEnd } from '../../core/canary/run/run-end.ts';
import type { Refusal } from '../../core/refusal.ts';

/** Returns the end of a run whose writes were refused. */
export function refusedBy({ code, message, details = [] }: Refusal): RunEnd {
  return { exitCode: code, message: [message, ...details].join('; ') };
}
