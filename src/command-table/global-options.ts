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
  { flags: '--staged', description: 'read what is staged in Git instead of the working tree' },
  { flags: '--repo <url>', description: 'read this Git repository instead of the one here' },
  {
    flags: '--format <format>',
    description:
      'how the answer is written; json=FILE writes a file beside the text, json@1 asks for that version',
    repeatable: true,
  },
  { flags: '--output <file>', description: 'write the answer to a file instead of standard output' },
  {
    flags: '--fail-on <severity>',
    description: 'the least severity of a finding that fails the command (default: error)',
    choices: ['error', 'warning', 'info'],
  },
  {
    flags: '--timeout <duration>',
    description:
      'how long each wait may take: for the server of --repo (default: 2m), for proxies to accept a stage (default: 1m)',
  },
  { flags: '--quiet', description: 'say only what went wrong' },
  { flags: '--no-color', description: 'no colours' },
] as const satisfies readonly OptionData[];
