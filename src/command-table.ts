/** An option as help, completion and the reference page show it; `flags` is commander's notation. */
export interface OptionData {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly repeatable?: boolean;
}

/** A command as data; `name` is its path in the tree, such as `certs init`; `<x>` must be given, `[x]` may, `[x...]` repeats. */
export interface CommandData<Name extends string = string> {
  readonly name: Name;
  readonly description: string;
  readonly arguments?: readonly { readonly name: string; readonly description: string }[];
  readonly options?: readonly OptionData[];
  readonly examples: readonly { readonly command: string; readonly does: string }[];
}

/** The name of a command that works. */
export type CommandName = (typeof commandTable)[number]['name'];

/** Every command that works, in the order of the help; one that doesn't work yet isn't here. */
export const commandTable = [] as const satisfies readonly CommandData[];

/** What the folders of the command tree hold that are no command themselves. */
export const commandGroups: Readonly<Record<string, string>> = {};

/** The options that every command takes. */
export const globalOptions: readonly OptionData[] = [
  { flags: '--root <directory>', description: 'where the mesh repository is' },
  { flags: '--env <name>', description: 'the environment whose overlays apply' },
  { flags: '--revision <revision>', description: 'read this commit instead of the working tree' },
  { flags: '--staged', description: 'read what is staged in Git instead of the working tree' },
  { flags: '--repo <url>', description: 'read this Git repository instead of the one here' },
  {
    flags: '--format <format>',
    description: 'text, json, ndjson, sarif, junit, github, markdown or html; FORMAT=FILE writes a file',
    repeatable: true,
  },
  { flags: '--output <file>', description: 'write the result to a file instead of standard output' },
  {
    flags: '--fail-on <severity>',
    description: 'the least severity of a finding that fails the command',
    choices: ['error', 'warning', 'info'],
  },
  { flags: '--quiet', description: 'say only what went wrong' },
  { flags: '--verbose', description: 'say more' },
  { flags: '--no-color', description: 'no colours' },
  { flags: '--no-input', description: 'never ask: fail and name the option that answers' },
  { flags: '--timeout <duration>', description: 'how long each wait may last, such as 90s' },
];
