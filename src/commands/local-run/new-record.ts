import type { RunRecord } from '../../core/local-run/run-record.ts';
import type { LocalRunParts } from './local-parts.ts';

/** Returns the record of a run that has started nothing yet. */
export function newRecord({ processes, clock }: LocalRunParts): RunRecord {
  return {
    formatVersion: '1.0',
    supervisor: processes.self,
    started: clock.now().toISOString(),
    state: 'starting',
    programs: [],
    services: 0,
  };
}
