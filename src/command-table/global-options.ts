import type { OptionData } from './command-data.ts';

/** The options that every command takes. */
export const globalOptions = [
  {
    flags: '--root <directory>',
    description: 'the folder of mesh.yaml (default: searched upwards from here)',
  },
  {
    flags: '--env <name>',
    description: 'the environment whose overlays apply',
    completes: 'environments',
  },
  { flags: '--revision <revision>', description: 'read this commit instead of the working tree' },
  { flags: '--staged', description: 'read the files staged in Git instead of the working tree' },
  { flags: '--repo <url>', description: 'read this Git repository instead of the one here' },
  {
    flags: '--format <format>',
    description: 'form of the output; json=FILE also writes a file, json@1 chooses a version of the form',
    repeatable: true,
  },
  { flags: '--output <file>', description: 'write the answer to a file instead of standard output' },
  {
    flags: '--fail-on <severity>',
    description:
      'lowest severity of a finding that fails the command (default: error); widening (plan alone): a request that gains access fails it, too',
    choices: ['error', 'warning', 'info', 'widening'],
  },
  {
    flags: '--timeout <duration>',
    description:
      'longest wait for the server of --repo (default: 2m), for an answer of an API server (default: 30s; at most 1m), and for proxies to accept a stage (default: 1m)',
  },
  { flags: '-q, --quiet', description: 'print only errors' },
  { flags: '--no-color', description: 'no colours' },
] as const satisfies readonly OptionData[];
