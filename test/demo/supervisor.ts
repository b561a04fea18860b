import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Starts the processes that are described by lines of JSON on standard input, and ends them all when the input ends.
 * The pipe closes however the demo ends, even if it is killed, so no process remains.
 */
const children = new Set<ChildProcess>();

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const { program, args, cwd } = JSON.parse(line) as { program: string; args: string[]; cwd: string };
  const child = spawn(program, args, { cwd, stdio: 'ignore' });
  children.add(child);
  child.on('error', () => children.delete(child));
  child.on('exit', () => children.delete(child));
});
lines.on('close', () => {
  for (const child of children) child.kill('SIGKILL');
});

// Ctrl-C reaches every process of the terminal; ignore it, and end with the input.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
