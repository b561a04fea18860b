import type { CommandData, OptionData } from '../src/command-table/command-data.ts';
import { commandTable } from '../src/command-table/command-table.ts';
import { environment } from '../src/command-table/environment.ts';
import { globalOptions } from '../src/command-table/global-options.ts';
import { exitCodes } from '../src/core/exit-code.ts';
import { anchor, code, page, prose, table } from './markdown.ts';

const commands: readonly CommandData[] = commandTable;

/** Returns the page of the commands: what the table of commands and the exit codes say. */
export function cliDocs(): string {
  return page('The `mesh` command', 'src/command-table/ and src/core/exit-code.ts', [
    table(
      ['command', 'does'],
      commands.map(({ name, description }) => [
        `[${code(`mesh ${name}`)}](#${idOf(name)})`,
        prose(description),
      ]),
    ),
    '[Options of all commands](#options) · [Formats](#formats) · [Environment variables](#environment) · [Exit codes](#exit-codes)',
    ...commands.map(section),
    `${anchor('options')}\n\n## Options of all commands`,
    optionTable([
      ...globalOptions,
      { flags: '-V, --version', description: 'print the version' },
      { flags: '-h, --help', description: 'print help' },
    ]),
    `${anchor('formats')}\n\n## Formats`,
    'Answers go to standard output; findings and progress for people go to standard error. `--format` says how the answer is written, and never changes the exit code. `FORMAT=FILE` writes a file and may stand beside another format; `json@1` asks for that major version of the form, which later versions of `mesh` keep. The forms are described by the JSON Schemas in [schemas/output](../schemas/output).',
    table(
      ['command', 'formats'],
      commands.map(({ name, formats = ['text'] }) => [code(`mesh ${name}`), formats.map(code).join(', ')]),
    ),
    `${anchor('environment')}\n\n## Environment variables`,
    table(
      ['variable', ''],
      environment.map(({ name, description }) => [code(name), prose(description)]),
    ),
    `${anchor('exit-codes')}\n\n## Exit codes`,
    table(
      ['code', 'meaning'],
      Object.entries(exitCodes).map(([exitCode, meaning]) => [exitCode, prose(meaning)]),
    ),
  ]);
}

function section({
  name,
  description,
  arguments: given = [],
  options = [],
  formats,
  examples,
}: CommandData): string {
  const usage = ['mesh', name, ...given.map((argument) => argument.name), '[options]'].join(' ');
  return [
    `${anchor(idOf(name))}\n\n## mesh ${name}`,
    prose(description),
    `\`\`\`\n${usage}\n\`\`\``,
    table(
      ['argument', ''],
      given.map((argument) => [code(argument.name), prose(argument.description)]),
    ),
    optionTable(options),
    formats ? `Formats: ${formats.map(code).join(', ')}.` : '',
    `\`\`\`sh\n${examples.map(({ command, does }) => `# ${does}\n${command}`).join('\n\n')}\n\`\`\``,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function optionTable(options: readonly OptionData[]): string {
  return table(
    ['option', ''],
    options.map(({ flags, description, choices, repeatable }) => [
      code(flags),
      [
        prose(description),
        choices ? `One of ${choices.map(code).join(', ')}.` : '',
        repeatable === true ? 'May be given several times.' : '',
      ]
        .filter((part) => part !== '')
        .join('<br>'),
    ]),
  );
}

function idOf(name: string): string {
  return `mesh-${name.replaceAll(' ', '-')}`;
}
