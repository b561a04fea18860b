import { commitFiles } from './commit-files.ts';
import { hookProgram } from './hook-program.ts';
import { hookSender } from './hook-sender.ts';
import { metricsSources } from './metrics-sources.ts';
import { systemClock } from './system-clock.ts';

/** Returns the adapters that only the run of a rollout needs. */
export function canaryAdapters(environment: NodeJS.ProcessEnv) {
  return {
    metrics: metricsSources,
    hooks: hookSender(environment, systemClock),
    program: hookProgram,
    commitFiles,
  };
}
