import { CommanderError } from 'commander';
import { errorColumns, printError, printOut, watchStandardStreams } from './adapters/standard-streams.ts';
import { type CommandName, commandTable } from './command-table/command-table.ts';
import type { Invocation } from './command-table/invocation.ts';
import { type ExitCode, exit } from './core/exit-code.ts';
import { escapeControl } from './core/lib/escape-control.ts';
import { commands, type Handler } from './main/commands.ts';
import { type CommandLine, type Print, program } from './program.ts';

/** Prints commander's help and errors of usage, which quote typed text. */
const print: Print = { out: (text) => printOut(text, 'text'), error: (text) => printError(text) };

/** Runs the command that the arguments name and returns its exit code. */
async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = exit.success;
  const tree = program<CommandName>(
    commandTable,
    async (name, line) => {
      code = await runCommand(name, line);
    },
    print,
  );
  if (argv.length === 0) {
    tree.outputHelp();
    return exit.success;
  }
  try {
    if (argv.some((word) => /^(?:--help|-h|help)$/.test(word)))
      (await import('./unknown-command.ts')).refuseUnknownCommand(tree, argv);
    await tree.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.success : exit.usage;
    return await reportFailure(error);
  }
}

/** Runs a command. Commander has parsed the line by the command's own entry of the table, from which its type comes. */
async function runCommand(name: CommandName, { options, ...rest }: CommandLine): Promise<ExitCode> {
  if (options['failOn'] === 'widening' && name !== 'plan') {
    const { UsageError } = await import('./core/usage-error.ts');
    throw new UsageError('--fail-on widening belongs to `mesh plan`');
  }
  const handler = (await commands[name]()) as Handler<CommandName>;
  return handler({ ...options, ...rest } as Invocation);
}

/** Prints in one line why a command failed; prints the stack of a defect only on request. */
async function reportFailure(error: unknown): Promise<ExitCode> {
  const { Failure } = await import('./core/failure.ts');
  const stack = process.env['MESHWRIGHT_DEBUG'] && error instanceof Error ? error.stack : undefined;
  if (stack !== undefined) printError(`${stack}\n`);
  else if (error instanceof Failure)
    printError(`${await onScreen(`mesh: ${escapeControl(error.message)}`)}\n`);
  else {
    const message = escapeControl(error instanceof Error ? error.message : String(error));
    printError(`mesh: ${message} (a defect of mesh; MESHWRIGHT_DEBUG=1 shows where)\n`);
  }
  return error instanceof Failure ? error.exitCode : exit.failed;
}

/** Returns a message broken at the width of the terminal; logs and pipes keep whole lines. */
async function onScreen(message: string): Promise<string> {
  const columns = errorColumns();
  if (columns === undefined) return message;
  const { wrapLines } = await import('./ui/wrap-lines.ts');
  return wrapLines(message, columns);
}

watchStandardStreams();
// Handles an exception outside a command's own promise: otherwise Node prints its message unescaped.
process.on('uncaughtException', (error) => void reportFailure(error).then((code) => process.exit(code)));

process.exitCode = await main(process.argv.slice(2));
