import type { CommandData, OptionData } from './command-data.ts';
import { targetOption, waitOptions } from './delivery-commands.ts';

const stepOptions = [
  { flags: '--plan', description: 'print the calendar: what has to happen by when; writes nothing' },
  {
    flags: '--certificate <file>',
    description:
      'begin with this new issuer, if the root is external: PEM with the certificate of its root; TARGET=FILE if the issuers are external, too',
    repeatable: true,
    completes: 'files',
  },
  { flags: '--abort', description: 'go a step back, to the old authority' },
  {
    flags: '--attest <reason>',
    description: 'answer for what nobody sees; reason and author go into the trust file',
  },
  {
    flags: '--commit',
    description:
      'commit the trust file of the step, and new keys that age encrypts, on the branch that is checked out',
  },
  { flags: '--force', description: 'take the step although its gate is not met; prints what may break' },
  {
    flags: '--compromised',
    description: 'the old key is in wrong hands: skip the waiting times, and name what may break',
  },
] as const satisfies readonly OptionData[];

/** The commands that renew and replace certificates, in the order of the help. */
export const rotationCommands = [
  {
    name: 'certs rotate workload',
    description: 'Renew the certificates of proxies that are due; writes no configuration and asks nothing.',
    options: [targetOption, ...waitOptions],
    formats: ['text', 'ndjson'],
    examples: [
      {
        command: 'mesh certs rotate workload',
        does: 'renews what is due at each target; run it from a timer, more often than a third of a life',
      },
      {
        command: 'mesh certs rotate workload --target local --format ndjson',
        does: 'the same for one target, with events for programs',
      },
    ],
  },
  {
    name: 'certs rotate root',
    description:
      'Replace the root of the trust domain, one step a run; waits until the gate of a step is met.',
    options: stepOptions,
    formats: ['text', 'json'],
    examples: [
      {
        command: 'mesh certs rotate root',
        does: 'takes the next step and writes the trust file, or says what it waits for',
      },
      {
        command: 'mesh certs rotate root --attest "all pods restarted, see INC-7"',
        does: 'goes on although some proxies can not be seen',
      },
      {
        command: 'mesh certs rotate root --commit',
        does: 'takes the next step and commits the trust file: mesh apply puts it in force',
      },
      {
        command: 'mesh certs rotate root --certificate signed.pem',
        does: 'begins with issuers that a new external root has signed, for the requests that the first run wrote',
      },
      { command: 'mesh certs rotate root --plan', does: 'when to begin the next rotation' },
    ],
  },
  {
    name: 'certs rotate issuer',
    description:
      'Replace issuers under the same root, one step a run; waits until the gate of a step is met.',
    options: [targetOption, ...stepOptions],
    formats: ['text', 'json'],
    examples: [
      {
        command: 'mesh certs rotate issuer --target local',
        does: 'begins to replace the issuer of one target, or takes the next step',
      },
      { command: 'mesh certs rotate issuer --abort', does: 'goes a step back, to the old issuer' },
    ],
  },
] as const satisfies readonly CommandData[];
