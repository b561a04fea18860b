import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { takeKeys } from '../../src/adapters/take-keys.ts';

/** Returns a terminal that notes whether it echoes keys (`raw` is false), as a real one does. */
function keyboard() {
  const modes: boolean[] = [];
  const keys = new PassThrough();
  const input = Object.assign(keys, { setRawMode: (raw: boolean) => void modes.push(raw) });
  return { input: input as unknown as NodeJS.ReadStream, keys, modes };
}

test('keys are taken without an echo, and Ctrl-C is still a signal', async () => {
  const { input, keys, modes } = keyboard();
  const giveBack = takeKeys(input);
  expect(modes).toEqual([true]);
  const interrupted = once(process, 'SIGINT');
  keys.write('\r\rx\u0003');
  await interrupted;
  giveBack();
  expect(modes).toEqual([true, false]);
  expect(keys.isPaused()).toBe(true);
});

test('a process that was stopped takes the keys again when it goes on, until it has given them back', () => {
  const { input, modes } = keyboard();
  const giveBack = takeKeys(input);
  process.emit('SIGCONT', 'SIGCONT');
  expect(modes).toEqual([true, true]);
  giveBack();
  process.emit('SIGCONT', 'SIGCONT');
  expect(modes).toEqual([true, true, false]);
});
