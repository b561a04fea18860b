/** The exit codes of `mesh` by name (cli.md); no other file has their numbers. */
export const exit = {
  success: 0,
  failed: 1,
  changed: 2,
  findings: 3,
  refused: 4,
  stale: 5,
  locked: 6,
  foreign: 7,
  incomplete: 8,
  unaccepted: 9,
  rolledBack: 10,
  undecided: 11,
  unrecovered: 12,
  certificate: 13,
  unreachable: 15,
  usage: 64,
  interrupted: 130,
  terminated: 143,
} as const;

/** The exit code of a command. */
export type ExitCode = (typeof exit)[keyof typeof exit];

/** The meaning of each exit code, for the caller of `mesh`. */
export const exitCodes: Readonly<Record<ExitCode, string>> = {
  [exit.success]: 'Success. Nothing to do is success, and so is a plan with changes.',
  [exit.failed]:
    'An error that has no code of its own: a file that cannot be read, damaged state, a recorded revision that is not there, a Node that is too old. `mesh doctor`: something will not work.',
  [exit.changed]: '`mesh plan --detailed-exitcode`: there are changes.',
  [exit.findings]: 'Findings at or above `--fail-on`, documents that cannot be read or parsed among them.',
  [exit.refused]:
    'A guardrail refuses the run: a hold after a rollback, too many deletions, or the delivery rules of the target.',
  [exit.stale]:
    'The plan is stale: the spec, the output or the tool has changed since, or the plan has expired. Or somebody pushed to a deployment repository while the run was under way; the run wrote nothing.',
  [exit.locked]:
    'Someone else holds the lock of an output (the message says who, since when, and how to free it), or took the lock before this run had written anything.',
  [exit.foreign]: 'A file in the output is not ours: someone else wrote or changed it. It is left as it is.',
  [exit.incomplete]:
    'The apply is incomplete: some stages are written, others are not. Run it again, or roll back.',
  [exit.unaccepted]: 'Everything is written, but not every proxy accepted it in time.',
  [exit.rolledBack]:
    'A rollout failed or was aborted, and was rolled back. `mesh canary replay`: it would have been.',
  [exit.undecided]:
    'A rollout ended without a decision, inconclusive or blind: it holds, or was rolled back, as its `on` says. `mesh canary replay`: it would have.',
  [exit.unrecovered]:
    'The rollback was not completed or could not be confirmed; or an apply that a proxy rejected could not be taken back.',
  [exit.certificate]: 'A certificate, key or issuer is missing or has expired.',
  [exit.unreachable]:
    'Git, the output directory or proxies that ran before cannot be reached, or refuse access.',
  [exit.usage]:
    'Wrong usage: an unknown command, option or value, no mesh here, or a question that nobody is there to answer (the message names the option that does).',
  [exit.interrupted]: 'Interrupted (SIGINT), or the question was answered with no.',
  [exit.terminated]: 'Terminated (SIGTERM).',
};
