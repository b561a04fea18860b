import type { CommandData } from './command-data.ts';
import { directoryOption, targetOption, waitOptions } from './delivery-commands.ts';

const rolloutArgument = {
  name: '[rollout]',
  description: 'the Rollout, by name or namespace/name (default: the only one)',
  completes: 'rollouts',
} as const;

/** Arguments and options of the commands that act on the record of a rollout, from any machine. */
const acting = {
  arguments: [rolloutArgument],
  options: [targetOption, directoryOption, ...waitOptions],
  formats: ['text', 'ndjson'],
} as const;

/** The commands of rollouts. */
export const canaryCommands = [
  {
    name: 'canary plan',
    description:
      'Say how long a rollout takes and which regressions its traffic can show: compiles every step, runs each query once and reads the present rate; touches nothing.',
    arguments: [
      {
        name: '[rollout]',
        description: 'only this Rollout, by name or namespace/name',
        completes: 'rollouts',
      },
    ],
    options: [
      {
        flags: '--rate <number>',
        description: 'assume this number of requests a second instead of measuring the rate',
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
  {
    name: 'canary run',
    description:
      'Roll a version out step by step, judged by what callers experience: begins, goes on where a dead runner stopped, or says how it ended. 0: promoted; 10: rolled back; 11: it holds, undecided; 12: a rollback is not confirmed.',
    arguments: [rolloutArgument],
    options: [
      targetOption,
      {
        flags: '--allow-commands',
        description: 'run programs of the repository as hooks, in their committed form',
      },
      { flags: '--retry', description: 'begin a new attempt after a rollback' },
      {
        flags: '--commit',
        description: 'commit the promotion to the spec, on the branch that is checked out',
      },
      {
        flags: '--guard-follows',
        description:
          'a guard always runs afterwards, as in a CI job: allows shares above maxWeightUnattended without a terminal',
      },
      ...waitOptions,
    ],
    formats: ['text', 'ndjson'],
    examples: [
      { command: 'mesh canary run', does: 'rolls out the only Rollout of the mesh' },
      {
        command: 'mesh canary run shop/reviews-v2 --guard-follows --format ndjson',
        does: 'does so in a CI job that a guard follows, and reports events to programs',
      },
    ],
  },
  {
    name: 'canary status',
    description: 'Show where rollouts stand: their weights, who runs them, and what decides next.',
    arguments: [rolloutArgument],
    options: [targetOption, directoryOption],
    formats: ['text', 'json'],
    examples: [{ command: 'mesh canary status', does: 'shows the records of all rollouts' }],
  },
  {
    name: 'canary promote',
    description: 'Pass the gate ahead of a rollout by hand; a verdict that the version fails is not passed.',
    ...acting,
    options: [...acting.options, { flags: '--full', description: 'pass all gates, up to the promotion' }],
    examples: [{ command: 'mesh canary promote shop/reviews-v2', does: 'lets the next step begin' }],
  },
  {
    name: 'canary pause',
    description: 'Keep the weights of a rollout where they are; the time of a pause does not count.',
    ...acting,
    examples: [{ command: 'mesh canary pause shop/reviews-v2', does: 'pauses it, from any machine' }],
  },
  {
    name: 'canary resume',
    description:
      'Resume a rollout that is paused or holds; without a living runner, mesh canary run continues it.',
    ...acting,
    examples: [{ command: 'mesh canary resume shop/reviews-v2', does: 'lets it go on' }],
  },
  {
    name: 'canary abort',
    description: 'Roll a rollout back to the version before, at once; needs neither Git nor metrics.',
    ...acting,
    examples: [
      { command: 'mesh canary abort shop/reviews-v2', does: 'takes all requests off the new version' },
      {
        command: 'mesh canary abort shop/reviews-v2 --directory /srv/mesh',
        does: 'does so without the repository',
      },
    ],
  },
  {
    name: 'canary guard',
    description:
      'Look after rollouts whose runner is gone, for a timer, a CronJob or a CI job that always follows: finishes rollbacks, and goes back or down to maxWeightUnattended as `on.runnerLost` says. Needs neither Git nor metrics.',
    ...acting,
    arguments: [],
    options: [
      ...acting.options,
      {
        flags: '--every <duration>',
        description:
          'how often a timer starts this command (5s to 10m); canary run then knows that a guard looks',
      },
    ],
    examples: [
      { command: 'mesh canary guard', does: 'acts on rollouts without a sign of life for a minute' },
      {
        command: 'mesh canary guard --every 30s',
        does: 'does so from a timer that starts it twice a minute, and tells runners',
      },
    ],
  },
] as const satisfies readonly CommandData[];
