import { Command, Help, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { CommandData, OptionData } from './command-table/command-data.ts';
import { commandGroups } from './command-table/command-table.ts';
import { environmentHelp } from './command-table/environment.ts';
import { globalOptions } from './command-table/global-options.ts';
import { headingOf, helpHeadings } from './command-table/help-headings.ts';

/** A parsed command line: the arguments in order, the command's own and the global options by camel-case name. */
export interface CommandLine {
  readonly arguments: readonly (string | readonly string[] | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
  /** The formats that the command can answer in. */
  readonly formats: readonly string[];
  /** When it was asked. */
  readonly time: Date;
}

/** The streams of help and of errors of usage. */
export interface Print {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/**
 * Returns the command tree of a table; it throws commander's `CommanderError` where commander would end the process.
 */
export function program<Name extends string>(
  table: readonly CommandData<Name>[],
  run: (name: Name, line: CommandLine) => Promise<void>,
  print: Print,
): Command {
  const root: Command = new Command('mesh')
    .description(
      'Describe a service mesh once in Git; validate, compile, plan, apply and roll it back.\n\n' +
        "Start with 'mesh init' in an empty folder, then 'mesh validate', 'mesh plan' and 'mesh apply'.",
    )
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .configureHelp({
      showGlobalOptions: true,
      formatHelp: commandsFirst,
      // A command may have commands below it: its own options are not theirs.
      visibleGlobalOptions: (command) =>
        command.parent === null ? [] : root.options.filter(({ hidden }) => !hidden),
    })
    .configureOutput({
      writeOut: print.out,
      writeErr: print.error,
      outputError: (text, write) => write(oneLine(text).replace(/^error: /, 'mesh: ')),
    })
    .addHelpCommand(
      new Command('help')
        .argument('[command...]', 'the command to explain')
        .description('Print the help of a command.')
        .helpGroup('On this machine:'),
    )
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride();
  for (const option of globalOptions) root.addOption(optionOf(option));
  root.addHelpText('after', environmentHelp);
  for (const data of table) {
    fill(commandAt(root, data.name), data, (line) => run(data.name, line));
  }
  return root;
}

/** Returns the help of a command, with the commands below it before the options that all of them take. */
function commandsFirst(this: Help, command: Command, helper: Help): string {
  const parts = Help.prototype.formatHelp.call(this, command, helper).split('\n\n');
  const headings = [...helpHeadings, otherCommands].map((heading) => `${heading}:`);
  const place = (part: string) => headings.findIndex((heading) => part.startsWith(heading));
  const isCommands = (part: string) => place(part) >= 0;
  const commands = parts.filter(isCommands).sort((a, b) => place(a) - place(b));
  const others = parts.filter((part) => !isCommands(part));
  const at = others.findIndex((part) => part.startsWith('Options:'));
  const [before, after] = [others.slice(0, at), others.slice(at)];
  return [...before, ...commands.map((part) => part.trimEnd()), ...after].join('\n\n').trimEnd().concat('\n');
}

/**
 * Returns an error with the line feeds of what was typed escaped; commander's own stand before a suggestion and at the
 * end.
 */
function oneLine(text: string): string {
  return text.replace(/\n(?!\(Did you mean |$)/g, '\\n');
}

const headings: Readonly<Record<string, string>> = headingOf;

/** The heading of commands of another table. */
const otherCommands = 'Commands';

/** Returns the command of a path such as `certs init`, made with the folders that lead to it. */
function commandAt(root: Command, path: string): Command {
  let command = root;
  const walked: string[] = [];
  for (const name of path.split(' ')) {
    walked.push(name);
    command = command.commands.find((child) => child.name() === name) ?? command.command(name);
    if (walked.length === 1) command.helpGroup(`${headings[name] ?? otherCommands}:`);
    command.description(command.description() || (commandGroups[walked.join(' ')] ?? ''));
  }
  return command;
}

function fill(command: Command, data: CommandData, run: (line: CommandLine) => Promise<void>): void {
  command.description(data.description);
  for (const { name, description } of data.arguments ?? []) command.argument(name, description);
  for (const option of data.options ?? []) command.addOption(optionOf(option));
  const { formats = ['text'] } = data;
  command.addHelpText('after', () => `\nFormats: ${formats.join(', ')}\n${examples(data)}`);
  command.action(() =>
    run({
      arguments: command.processedArgs as CommandLine['arguments'],
      options: command.optsWithGlobals(),
      formats,
      time: new Date(),
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
