import { CommanderError } from 'commander';
import { type CommandName, commandTable } from './command-table.ts';
import { type Invocation, program } from './program.ts';

/** Runs one command and answers its exit code. */
type Handler = (invocation: Invocation) => Promise<number>;

/** What each command is made of; its adapters are built here, once it is asked for. */
const load: Readonly<Record<CommandName, () => Promise<Handler>>> = {};

const failed = 1;
const usage = 64;

/** Runs the command that the arguments name and answers its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const tree = program<CommandName>(commandTable, async (name, invocation) => {
    const handler = await (load[name] as () => Promise<Handler>)();
    code = await handler(invocation);
  });
  try {
    await tree.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usage;
    process.stderr.write(`mesh: ${defect(error)}\n`);
    return failed;
  }
}

/** One line about an error that no command foresaw; the stack is for who asks for it. */
function defect(error: unknown): string {
  if (process.env['MESHWRIGHT_DEBUG'] && error instanceof Error) return error.stack ?? error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `${JSON.stringify(message)} (a defect of mesh; MESHWRIGHT_DEBUG=1 shows where)`;
}

// A reader that has seen enough, such as `head`, is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));
