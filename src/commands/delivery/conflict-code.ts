import type { ExitCode } from '../../core/exit-code.ts';
import type { PlannedDelivery } from './planned-deliveries.ts';

const ownership = 7;

/** 7 where something that exists isn't ours, else 0. */
export function conflictCode(planned: readonly PlannedDelivery[]): ExitCode {
  return planned.some(({ plan }) => plan.files.some(({ op }) => op === 'conflict')) ? ownership : 0;
}
