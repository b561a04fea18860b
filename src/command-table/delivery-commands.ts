import type { CommandData, OptionData } from './command-data.ts';

/** The targets to deliver to. */
export const targetOption = {
  flags: '--target <name>',
  description: 'only this target of the mesh',
  repeatable: true,
  completes: 'targets',
} as const satisfies OptionData;

const yesOption = { flags: '--yes', description: 'carry the plan out unasked' } as const satisfies OptionData;

const planOption = {
  flags: '--verbose',
  description: 'show every file and field of the plan',
} as const satisfies OptionData;

const directoryOption = {
  flags: '--directory <folder>',
  description: 'the output itself, where the repository that made it is gone',
} as const satisfies OptionData;

const pruneOption = {
  flags: '--allow-prune-percent <number>',
  description: 'let the plan delete so much of what is there (default: 30)',
} as const satisfies OptionData;

const adoptOption = {
  flags: '--adopt <ref>',
  description: 'take over what exists and is not known to be ours; the refusal names it',
  repeatable: true,
} as const satisfies OptionData;

const takeOption = {
  flags: '--take-ownership <field>',
  description: 'overwrite this field of an object that another manager owns; the refusal names it',
  repeatable: true,
} as const satisfies OptionData;

const waitOptions = [
  {
    flags: '--force-unlock <id>',
    description: 'take the lock with this id although who holds it may live',
  },
  {
    flags: '--lock-ttl <duration>',
    description: 'after how long without a sign of life others may take our lock (default: 30s)',
  },
  { flags: '--no-input', description: 'never ask: fail and name the option that answers' },
] as const satisfies readonly OptionData[];

/** The commands that look at outputs and write to them, in the order of the help. */
export const deliveryCommands = [
  {
    name: 'plan',
    description: 'Show what an apply would change at the outputs of the targets; changes nothing.',
    options: [
      targetOption,
      {
        flags: '--base <revision>',
        description: 'compare with this commit instead of what is live: offline, no output is looked at',
      },
      { flags: '--out <file>', description: 'save the plan, for people to approve and apply to carry out' },
      { flags: '--show <file>', description: 'print a saved plan, stale or not' },
      { flags: '--detailed-exitcode', description: 'exit with 2 where there are changes' },
      pruneOption,
      adoptOption,
      takeOption,
      planOption,
    ],
    formats: ['text', 'json', 'markdown'],
    examples: [
      { command: 'mesh plan', does: 'what would change, target by target, each with its line of the spec' },
      { command: 'mesh plan --target local --format json', does: 'the same for one target, for machines' },
      {
        command: 'mesh plan --base origin/main --format markdown=comment.md',
        does: 'what a branch changes, as the comment of a pull request',
      },
      { command: 'mesh plan --out plan.json', does: 'a plan that can be approved: it holds for 24 hours' },
    ],
  },
  {
    name: 'apply',
    description: 'Carry out what the spec says, in stages that every proxy accepts one by one.',
    arguments: [
      {
        name: '[plan]',
        description: 'a saved plan: carried out unasked if nothing has moved since',
        completes: 'files',
      },
    ],
    options: [
      targetOption,
      yesOption,
      { flags: '--plan-id <id>', description: 'the id of the saved plan that was approved' },
      { flags: '--resume', description: 'go on with a run that stopped half way, as it was recorded' },
      directoryOption,
      { flags: '--allow-dirty', description: 'apply what no commit has, where nobody can be asked' },
      {
        flags: '--release-hold <id>',
        description: 'apply although a rollback holds the output; the refusal names the id',
      },
      pruneOption,
      adoptOption,
      takeOption,
      planOption,
      ...waitOptions,
    ],
    formats: ['text', 'ndjson'],
    examples: [
      { command: 'mesh apply', does: 'shows the plan, asks, and carries it out' },
      {
        command: 'mesh apply plan.json --plan-id 4be1…',
        does: 'carries out the plan with that id, or nothing',
      },
      {
        command: 'mesh apply --resume --yes',
        does: 'finishes what a run that was killed had begun',
      },
      {
        command: 'mesh apply --yes --format ndjson',
        does: 'carries it out unasked and tells machines what happens',
      },
    ],
  },
  {
    name: 'rollback',
    description: 'Apply a recorded revision again; needs neither Git nor the sources of then.',
    arguments: [
      {
        name: '[revision]',
        description: 'an id of the history, or a commit that was applied (default: the one before)',
      },
    ],
    options: [
      {
        flags: '--to <which>',
        description: 'the newest revision that came up healthy',
        choices: ['last-good'],
      },
      directoryOption,
      targetOption,
      yesOption,
      pruneOption,
      adoptOption,
      takeOption,
      planOption,
      ...waitOptions,
    ],
    formats: ['text', 'ndjson'],
    examples: [
      { command: 'mesh rollback', does: 'goes back to what was applied before' },
      { command: 'mesh rollback --directory /srv/mesh --yes', does: 'the same without the repository' },
      { command: 'mesh rollback 01KAN3 --yes', does: 'goes to that entry of the history, unasked' },
    ],
  },
  {
    name: 'history',
    description: 'Show what was applied to each target, when and by whom.',
    options: [
      targetOption,
      directoryOption,
      { flags: '--pin <id>', description: 'keep this entry however many come after it' },
    ],
    formats: ['text', 'json'],
    examples: [
      { command: 'mesh history', does: 'the runs of each target, newest first' },
      { command: 'mesh history --format json', does: 'the same for machines' },
    ],
  },
  {
    name: 'status',
    description: 'Show what is applied to each target now, and whether its proxies have it.',
    options: [
      targetOption,
      directoryOption,
      {
        flags: '--detailed-exitcode',
        description: 'exit with 8, 9, 13 or 2: a run half way, proxies, certificates, files that differ',
      },
    ],
    formats: ['text', 'json'],
    examples: [
      { command: 'mesh status', does: 'revision, proxies, certificates, open runs, holds and locks' },
      {
        command: 'mesh status --detailed-exitcode --quiet',
        does: 'for a monitor: 0 where all is well',
      },
    ],
  },
  {
    name: 'drift',
    description:
      'Show where each output differs from what was applied to it, field by field, and who changed it.',
    options: [
      targetOption,
      directoryOption,
      { flags: '--watch', description: 'go on looking until it is interrupted' },
      { flags: '--every <duration>', description: 'how often --watch looks (default: 10s)' },
      { flags: '--for <duration>', description: 'how long --watch looks (default: until interrupted)' },
      { flags: '--detailed-exitcode', description: 'exit with 2 where there is drift' },
      { flags: '--verbose', description: 'show every field' },
    ],
    formats: ['text', 'json', 'ndjson'],
    examples: [
      { command: 'mesh drift', does: 'files, links, certificates and proxies that differ' },
      {
        command: 'mesh drift --watch --format ndjson',
        does: 'an event for each difference, as it comes and goes',
      },
    ],
  },
] as const satisfies readonly CommandData[];
