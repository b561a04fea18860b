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
  {
    name: 'canary replay',
    description:
      'Judge recorded streams of counters as a live run of a rollout would have; the exit code is that of the run.',
    options: [
      { flags: '--rollout <namespace/name>', description: 'the rollout whose steps and judge apply' },
      {
        flags: '--stream <file>',
        description: 'one recorded stream: JSON, one reading, weight or failure a line (- is standard input)',
      },
      {
        flags: '--batch <file>',
        description: 'many streams, divided by {"stream": NAME} lines; answers with a line of JSON for each',
      },
    ],
    formats: ['text', 'json', 'ndjson'],
    examples: [
      {
        command: 'mesh canary replay --rollout shop/reviews-v2 --stream friday.ndjson',
        does: 'the verdict that a run would have reached on these counters, and when',
      },
      {
        command: 'mesh canary replay --rollout shop/reviews-v2 --batch releases.ndjson --format ndjson',
        does: 'a verdict for each of many releases',
      },
    ],
  },
] as const satisfies readonly CommandData[];
