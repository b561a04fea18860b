import type { Command } from 'commander';
import { closest } from './core/lib/closest.ts';

/**
 * Reports an unknown command in a line that asks for help, for which commander prints the help of the command above.
 * Throws commander's `CommanderError`.
 */
export function refuseUnknownCommand(root: Command, argv: readonly string[]): void {
  const asksForHelp = argv.some((word) => word === '--help' || word === '-h') || argv[0] === 'help';
  if (!asksForHelp) return;
  const { command, word } = firstUnknown(root, argv[0] === 'help' ? argv.slice(1) : argv);
  if (word === undefined || word === 'help') return;
  const nearest = closest(
    word,
    command.commands.map((child) => child.name()),
  );
  const hint = nearest === undefined ? '' : `\n(Did you mean ${nearest}?)`;
  command.error(`error: unknown command '${word}'${hint}`, { code: 'commander.unknownCommand' });
}

/** Returns the first word that names no command, below a command that is only a group of others. */
function firstUnknown(
  root: Command,
  argv: readonly string[],
): { readonly command: Command; readonly word?: string } {
  let command = root;
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--') break;
    if (word.startsWith('-')) {
      const [flag = ''] = word.split('=');
      const option = [...command.options, ...root.options].find(
        ({ short, long }) => short === flag || long === flag,
      );
      if (option?.required === true && !word.includes('=')) at += 1;
      continue;
    }
    const child = command.commands.find((one) => one.name() === word);
    if (child === undefined)
      return command.commands.length > 0 && command.registeredArguments.length === 0
        ? { command, word }
        : { command };
    command = child;
  }
  return { command };
}
