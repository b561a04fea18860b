import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { follower, lines } from '../../../src/commands/delivery/follower.ts';
import type { Console } from '../../../src/ports/console.ts';
import { step, verdict } from '../../ui/live/canary/rollout-events.ts';

const notice = {
  type: 'notice',
  target: 'edge',
  message: 'the objects of this target are written in the order of their names, since it has none of its own',
} as const;

/** Returns the text of a notice, on a terminal of 40 columns or in a log. */
function shown(isTerminal: boolean): string {
  const told: string[] = [];
  const console = {
    errorColour: false,
    columns: 40,
    ...(isTerminal && { liveError: process.stderr }),
    error: (text: string) => told.push(text),
  } as Partial<Console>;
  lines({}, { console: console as Console }).show(notice);
  return told.join('');
}

test('a notice is broken between words at the width of a terminal, and a line of a log stays whole', () => {
  const whole = `edge: ! ${notice.message}\n`;
  expect(shown(false)).toBe(whole);
  const rows = shown(true).trimEnd().split('\n');
  expect(rows.filter((row) => row.length > 40)).toEqual([]);
  expect(`${rows.map((row) => row.trim()).join(' ')}\n`).toBe(whole);
});

test('a verdict gets a line if it or its reason is news', () => {
  const told: string[] = [];
  const console = { errorColour: false, error: (text: string) => told.push(text) } as Partial<Console>;
  const follower = lines({}, { console: console as Console });
  const events = [
    step(1, 1),
    verdict('watching', 1),
    verdict('watching', 2),
    verdict('hold', 3),
    verdict('watching', 1),
  ];
  for (const event of events) follower.show(event);
  expect(told).toEqual([
    'shop/reviews-v2: step 1 of 5, 1 %, watching\n',
    'shop/reviews-v2:   watching: the evidence is E = 12 of 150\n',
    'shop/reviews-v2:   hold: the evidence is E = 12 of 150\n',
    'shop/reviews-v2:   watching: the evidence is E = 12 of 150\n',
  ]);
});

/** Follows one notice with a terminal as standard error; returns the texts of both streams. */
async function followed(
  out: Partial<Console>,
  options = {},
): Promise<Readonly<Record<'out' | 'error', string>>> {
  const told = { out: '', error: '' };
  const screen = new PassThrough() as unknown as NodeJS.WriteStream;
  const console = {
    ...out,
    outIsTerminal: false,
    columns: 120,
    liveError: screen,
    out: (text: string) => void (told.out += text),
    error: (text: string) => void (told.error += text),
  } as Partial<Console>;
  screen.on('data', (chunk: Buffer) => {
    told.error += chunk.toString('utf8');
  });
  const parts = { console: console as Console, clock: systemClock, signal: new AbortController().signal };
  const view = await follower(['edge'], options, parts);
  view.show(notice);
  await view.end();
  return told;
}

test('a pipe that may lead to the same terminal gets the lines, and the terminal no live view', async () => {
  const whole = `edge: ! ${notice.message}\n`;
  expect(await followed({ outIsPipe: true })).toEqual({ out: whole, error: '' });
  // Events for a program: the lines are for people, on standard error.
  const events = await followed({ outIsPipe: true }, { output: 'ndjson' });
  expect([events.out, events.error.replaceAll(/\s+/gu, ' ')]).toEqual(['', whole.replaceAll(/\s+/gu, ' ')]);
});

test('a file gets the lines, and the terminal a live view', async () => {
  const told = await followed({ outIsPipe: false });
  expect(told.out).toBe(`edge: ! ${notice.message}\n`);
  expect(told.error).toContain('\u001B[');
});
