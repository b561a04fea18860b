import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';

/** Checks that run before the tests, the slowest first: scripts of package.json. */
const steps = ['lint', 'typecheck', 'boundaries', 'knip', 'generate:check', 'build', 'format:check'];

/** A cache of compiled code: each step is a process that loads large tools. */
const env = { ...process.env, NODE_COMPILE_CACHE: path.resolve('node_modules/.cache/compile') };

const waiting = [...steps];
const failed: string[] = [];
await Promise.all(Array.from({ length: availableParallelism() }, work));

if (failed.length > 0) {
  console.error(
    `\nnot sound: ${failed.join(', ')} (npm run ${failed[0] ?? ''} shows it alone); no test was run`,
  );
  process.exit(1);
}

async function work(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const started = performance.now();
    const { ok, output } = await run(step);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${ok ? '✓' : '✗'} ${step} ${seconds} s`);
    if (ok) continue;
    failed.push(step);
    console.error(output);
  }
}

function run(step: string): Promise<{ readonly ok: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', step], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
