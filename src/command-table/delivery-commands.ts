import type { CommandData, OptionData } from './command-data.ts';

/** The option that chooses targets. */
export const targetOption = {
  flags: '--target <name>',
  description: 'only this target of the mesh',
  repeatable: true,
  completes: 'targets',
} as const satisfies OptionData;

const yesOption = {
  flags: '--yes',
  description: 'carry the plan out without a question',
} as const satisfies OptionData;

const planOption = {
  flags: '-v, --verbose',
  description: 'show every file and field of the plan',
} as const satisfies OptionData;

/** The option that names an output directory. */
export const directoryOption = {
  flags: '--directory <folder>',
  description: 'use this output directory without the repository that made it',
} as const satisfies OptionData;

const pruneOption = {
  flags: '--allow-prune-percent <number>',
  description: 'let the plan delete up to this percentage of the output (default: 30)',
} as const satisfies OptionData;

const adoptOption = {
  flags: '--adopt <ref>',
  description: 'take over an existing object or file that is not ours; the refusal names its ref',
  repeatable: true,
} as const satisfies OptionData;

const takeOption = {
  flags: '--take-ownership <field>',
  description: 'overwrite this field of an object that another manager owns; the refusal names it',
  repeatable: true,
} as const satisfies OptionData;

const trustOption = {
  flags: '--allow-trust-break',
  description: 'change roots even if proxies with the old and the new roots refuse each other meanwhile',
} as const satisfies OptionData;

/** Options about locks and questions. */
export const waitOptions = [
  {
    flags: '--force-unlock <id>',
    description: 'take the lock with this id even if its holder may be alive',
  },
  {
    flags: '--lock-ttl <duration>',
    description: 'time without a sign of life after which others may take our lock (default: 30s)',
  },
  { flags: '--no-input', description: 'never ask: fail and name the option that answers' },
] as const satisfies readonly OptionData[];

/** The commands that read and write outputs, in the order of the help. */
export const deliveryCommands = [
  {
    name: 'plan',
    description:
      'Show the changes that an apply would make at the outputs of the targets, without making them.',
    options: [
      targetOption,
      {
        flags: '--base <revision>',
        description: 'compare with this commit instead of the outputs: works offline',
      },
      { flags: '--out <file>', description: 'save the plan, for approval and for mesh apply' },
      { flags: '--show <file>', description: 'print a saved plan, stale or not' },
      { flags: '--detailed-exitcode', description: 'exit with 2 if there are changes' },
      {
        flags: '--accept-widening <id>',
        description: 'let these requests gain access despite --fail-on widening; the plan names their id',
        repeatable: true,
      },
      pruneOption,
      adoptOption,
      takeOption,
      planOption,
    ],
    formats: ['text', 'json', 'markdown', 'html'],
    examples: [
      { command: 'mesh plan', does: 'shows the changes of each target with their lines of the spec' },
      { command: 'mesh plan --target local --format json', does: 'the same for one target, for programs' },
      {
        command: 'mesh plan --base origin/main --format markdown=comment.md',
        does: 'writes the changes of a branch as the comment of a pull request',
      },
      {
        command: 'mesh plan --format html=plan.html',
        does: 'writes a page with the meaning first: who gains and loses access, each with a request and lines',
      },
      {
        command: 'mesh plan --base origin/main --fail-on widening',
        does: 'fails (exit code 4) if a request gains access that nobody accepted',
      },
      { command: 'mesh plan --out plan.json', does: 'saves a plan for approval; it is valid for 24 hours' },
    ],
  },
  {
    name: 'apply',
    description: 'Bring the outputs to the state of the spec, in stages that every proxy accepts one by one.',
    arguments: [
      {
        name: '[plan]',
        description: 'a saved plan: carried out without a question if nothing has changed since',
        completes: 'files',
      },
    ],
    options: [
      targetOption,
      yesOption,
      { flags: '--plan-id <id>', description: 'the id of the saved plan that was approved' },
      { flags: '--resume', description: 'finish a run that stopped half way, as recorded' },
      directoryOption,
      { flags: '--allow-dirty', description: 'apply uncommitted changes without a terminal' },
      {
        flags: '--release-hold <id>',
        description: 'apply although a rollback holds the output; the refusal names the id',
      },
      trustOption,
      {
        flags: '--restart-rollouts',
        description: 'end rollouts under way whose Rollout or rules the spec changes, and go back to `from`',
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
        does: 'finishes a run that was killed',
      },
      {
        command: 'mesh apply --yes --format ndjson',
        does: 'carries the plan out without a question and reports events to programs',
      },
    ],
  },
  {
    name: 'rollback',
    description: 'Apply a recorded revision again; needs neither Git nor the former sources.',
    arguments: [
      {
        name: '[revision]',
        description: 'an id of the history, or a commit that was applied (default: the one before)',
        completes: 'runs',
      },
    ],
    options: [
      {
        flags: '--to <which>',
        description: 'last-good: the newest revision that every proxy accepted',
        choices: ['last-good'],
      },
      { flags: '--dry-run', description: 'show what would change, and change nothing' },
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
      { command: 'mesh rollback --dry-run', does: 'shows what this would change' },
      { command: 'mesh rollback --directory /srv/mesh --yes', does: 'the same without the repository' },
      {
        command: 'mesh rollback 01KAN3 --yes',
        does: 'goes back to this entry of the history without a question',
      },
    ],
  },
  {
    name: 'history',
    description: 'Show what was applied to each target, when and by whom; with an id, what that run changed.',
    arguments: [
      {
        name: '[run]',
        description: 'the id of a run, or its first letters: shows the changes of this run alone',
        completes: 'runs',
      },
    ],
    options: [
      targetOption,
      directoryOption,
      { flags: '--pin <id>', description: 'keep this entry however many come after it', completes: 'runs' },
      { flags: '-v, --verbose', description: 'with an id: name every object' },
    ],
    formats: ['text', 'json'],
    examples: [
      { command: 'mesh history', does: 'the runs of each target, newest first' },
      { command: 'mesh history 01KAN3', does: 'the changes that this run made' },
      { command: 'mesh history --format json', does: 'the same for programs' },
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
        description:
          'exit with 8 (a run half way), 9 (proxies), 13 (certificates) or 2 (changed files) if there is a problem',
      },
    ],
    formats: ['text', 'json'],
    examples: [
      { command: 'mesh status', does: 'shows revision, proxies, certificates, open runs, holds and locks' },
      {
        command: 'mesh status --detailed-exitcode --quiet',
        does: 'for a monitor: exit code 0 if all is well',
      },
    ],
  },
  {
    name: 'drift',
    description:
      'Show the differences of each output from its applied revision, field by field, and who changed it.',
    options: [
      targetOption,
      directoryOption,
      { flags: '--watch', description: 'go on looking until it is interrupted' },
      { flags: '--every <duration>', description: 'how often --watch looks (default: 10s)' },
      { flags: '--for <duration>', description: 'how long --watch looks (default: until interrupted)' },
      { flags: '--detailed-exitcode', description: 'exit with 2 if there is drift' },
      { flags: '-v, --verbose', description: 'show every field' },
    ],
    formats: ['text', 'json', 'ndjson'],
    examples: [
      { command: 'mesh drift', does: 'shows files, links, certificates and proxies that differ' },
      {
        command: 'mesh drift --watch --format ndjson',
        does: 'prints an event when a difference begins or ends',
      },
    ],
  },
] as const satisfies readonly CommandData[];
