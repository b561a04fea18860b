import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';

const module = new URL('../../src/adapters/standard-streams.ts', import.meta.url).href;

/** A program that prints a thousand parts of 64 KiB and writes to standard error how many it made. */
const program = `
import { printParts, watchStandardStreams } from '${module}';
watchStandardStreams();
let made = 0;
function* parts() {
  for (; made < 1000; made += 1) yield 'x'.repeat(65_535) + '\\n';
}
await printParts(parts(), 'json');
process.stderr.write(String(made));`;

/** Runs the program; its reader closes the pipe after `most` bytes. */
async function read(most: number): Promise<{ taken: number; made: number; status: unknown }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  let taken = 0;
  let error = '';
  child.stdout.on('data', (chunk: Buffer) => {
    taken += chunk.length;
    if (taken >= most) child.stdout.destroy();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    error += chunk.toString();
  });
  const [status] = (await once(child, 'close')) as readonly unknown[];
  return { taken, made: Number(error), status };
}

describe('an answer in parts', () => {
  test('is written whole', async () => {
    expect(await read(Number.POSITIVE_INFINITY)).toEqual({ taken: 65_536_000, made: 1000, status: 0 });
  });

  test('ends without a failure when its reader leaves, and no further part is made', async () => {
    const { made, status } = await read(100_000);
    expect(status).toBe(0);
    expect(made).toBeLessThan(100);
  });
});
