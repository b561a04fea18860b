import type { CommandData } from './command-data.ts';

/** The commands of rollouts. */
export const canaryCommands = [
  {
    name: 'canary plan',
    description:
      'Say how long a rollout takes and which regressions its traffic can show: compiles every step, runs each query once and reads the present rate; touches nothing.',
    arguments: [{ name: '[rollout]', description: 'only this Rollout, by name or namespace/name' }],
    options: [
      {
        flags: '--rate <number>',
        description: 'reckon with so many requests a second instead of measuring them',
      },
    ],
    formats: ['text', 'json'],
    examples: [
      { command: 'mesh canary plan', does: 'shows the prospects of each Rollout at the present rate' },
      {
        command: 'mesh canary plan shop/reviews-v2 --rate 20',
        does: 'shows what 20 requests a second could tell; the exit code is 0 even if no metrics can be read',
      },
    ],
  },
] as const satisfies readonly CommandData[];
