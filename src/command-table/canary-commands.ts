import type { CommandData } from './command-data.ts';

/** The commands of rollouts. */
export const canaryCommands = [
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
