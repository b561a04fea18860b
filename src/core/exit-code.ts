/** Every code that `mesh` exits with, and its meaning. */
export const exitCodes = {
  0: 'Success. Nothing to do is success, and so is a plan with changes.',
  1: 'An error that has no code of its own: a file that cannot be read, damaged state, a recorded revision that is not there, a Node that is too old. `mesh doctor`: something will not work.',
  2: '`mesh plan --detailed-exitcode`: there are changes.',
  3: 'Findings at or above `--fail-on`, documents that cannot be read or parsed among them.',
  4: 'A guardrail refuses it: a hold after a rollback, deleting more than is allowed unasked, or the delivery rules of the target.',
  5: 'The plan is stale: the spec, the output or the tool is not what it was made of, or it has expired.',
  6: 'Someone else holds the lock of an output (the message says who, since when, and what frees it), or took it before anything was written.',
  7: 'Something that exists is not ours, and is left alone: a file that someone else wrote or changed in the output.',
  8: 'The apply is incomplete: some stages are written, others are not. Run it again, or roll back.',
  9: 'Everything is written, but not every proxy accepted it in time.',
  12: 'The rollback did not come about, or could not be confirmed; or an apply that a proxy rejected could not be taken back.',
  13: 'A certificate, key or issuer is missing or has expired.',
  15: 'Git, the output directory or proxies that ran before cannot be reached, or refuse access.',
  64: 'Wrong usage: an unknown command, option or value, no mesh here, or a question that nobody is there to answer (the message names the option that does).',
  130: 'Interrupted (SIGINT), or the question was answered with no.',
  143: 'Terminated (SIGTERM).',
} as const;

/** The exit code of a command (cli.md). */
export type ExitCode = keyof typeof exitCodes;
