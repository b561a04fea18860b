import { Command, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { type CommandData, commandGroups, globalOptions, type OptionData } from './command-table.ts';

/** What was asked of a command: its arguments in order, then its own and the global options by camel-case name. */
export interface Invocation {
  readonly arguments: readonly (string | readonly string[] | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** The command tree of a table; it throws commander's `CommanderError` where commander would end the process. */
export function program<Name extends string>(
  table: readonly CommandData<Name>[],
  run: (name: Name, invocation: Invocation) => Promise<void>,
): Command {
  const root = new Command('mesh')
    .description('Describe a service mesh once in Git; validate, compile, plan, apply and roll it back.')
    .version(packageJson.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride();
  for (const option of globalOptions) root.addOption(optionOf(option));
  for (const data of table) {
    fill(commandAt(root, data.name), data, (invocation) => run(data.name, invocation));
  }
  return root;
}

/** The command of a path such as `certs init`, made with the folders that lead to it. */
function commandAt(root: Command, path: string): Command {
  let command = root;
  const walked: string[] = [];
  for (const name of path.split(' ')) {
    walked.push(name);
    command = command.commands.find((child) => child.name() === name) ?? command.command(name);
    command.description(command.description() || (commandGroups[walked.join(' ')] ?? ''));
  }
  return command;
}

function fill(command: Command, data: CommandData, run: (invocation: Invocation) => Promise<void>): void {
  command.description(data.description);
  for (const { name, description } of data.arguments ?? []) command.argument(name, description);
  for (const option of data.options ?? []) command.addOption(optionOf(option));
  command.addHelpText('after', () => examples(data));
  command.action(() =>
    run({
      arguments: command.processedArgs as Invocation['arguments'],
      options: command.optsWithGlobals(),
    }),
  );
}

function optionOf({ flags, description, choices, repeatable }: OptionData): Option {
  const option = new Option(flags, description);
  if (choices) option.choices(choices);
  if (repeatable)
    option.argParser((value, before: readonly string[] | undefined) => [...(before ?? []), value]);
  return option;
}

function examples(data: CommandData): string {
  const lines = data.examples.map(({ command, does }) => `  ${command}\n      ${does}`);
  return ['', 'Examples:', ...lines].join('\n');
}
