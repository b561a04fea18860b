import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink';
import { createElement } from 'react';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/core/run/event.ts';
import { Frame } from '../../../src/ui/live/frame.ts';
import { after, beginning } from '../../../src/ui/live/progress.ts';
import { palette } from '../../../src/ui/palette.ts';
import { begun, certificate, end, notice, proxy, start, waiting } from './run.ts';

const started = Date.parse('2026-01-01T00:00:00.000Z');

interface Screen {
  readonly columns: number;
  readonly rows?: number;
  readonly targets?: readonly string[];
  readonly stopping?: boolean;
  readonly colour?: boolean;
}

/** Returns the screen that ink draws on a terminal of this size, 13.9 seconds after the beginning. */
function drawn(events: readonly Event[], screen: Screen): string {
  const { columns, rows = 24, targets = ['edge'], stopping = false, colour = false } = screen;
  const stdout = Object.assign(new PassThrough(), { columns, rows, isTTY: true });
  const progress = after(beginning(targets), events);
  const now = started + 13_900;
  const frame = createElement(Frame, { progress, started, now, stopping, palette: palette(colour) });
  // With debug, ink writes each frame whole and erases nothing.
  const ink = render(frame, { stdout, debug: true, patchConsole: false, exitOnCtrlC: false });
  const text = String(stdout.read());
  ink.unmount();
  return text;
}

const admin = 'its admin address 127.0.0.1:19000 no longer answers';
const underWay = [
  start,
  certificate('spiffe://shop.example/ns/shop/sa/web', 'issue'),
  begun('make', 3),
  ...['web', 'pay', 'ads'].map((id) => proxy(id, 'accepted')),
  begun('switch', 3),
  proxy('web', 'accepted'),
  waiting('shop-payments-default-0', admin),
  proxy('shop-ads-default-0', 'unseen', 'it never answered'),
  notice('the listener of before drains'),
];

describe('a run under way', () => {
  test('at 200 columns is shown completely', () => {
    expect(drawn(underWay, { columns: 200 })).toBe(
      [
        'apply 1a2b3c4d5e6f  13 s',
        'edge',
        '  ✓ make    3 of 3 proxies accepted',
        '  ▸ switch  1 of 3 proxies accepted, 1 unseen, 1 waiting, 47 s left',
        `      waiting shop-payments-default-0: ${admin}`,
        '      unseen shop-ads-default-0: it never answered',
        '    break   waiting',
        '  ✓ 1 certificate bound',
        'edge: ! the listener of before drains',
      ].join('\n'),
    );
  });

  test('at 80 columns is cut where it is too long', () => {
    const lines = drawn(underWay, { columns: 80 }).split('\n');
    expect(lines[4]).toBe('      waiting shop-payments-default-0: its admin address 127.0.0.1:19000 no lon…');
    expect(lines).toHaveLength(9);
  });

  test('at 40 columns keeps the counts, and has reasons on separate lines', () => {
    expect(drawn(underWay, { columns: 40 }).split('\n').slice(2, 9)).toEqual([
      '  ✓ make    3 of 3 accepted',
      '  ▸ switch  1 of 3 accepted, 1 unseen, …',
      '      waiting shop-payments-default-0',
      '        its admin address 127.0.0.1:190…',
      '      unseen shop-ads-default-0',
      '        it never answered',
      '    break   waiting',
    ]);
  });
});

describe('content that does not fit', () => {
  const many = [
    start,
    begun('make', 500),
    ...Array.from({ length: 120 }, (_, i) => proxy(`done-${i}`, 'accepted')),
    ...Array.from({ length: 300 }, (_, i) => waiting(`slow-${i}`, 'reads the old listeners')),
    ...Array.from({ length: 20 }, (_, i) => notice(`notice ${i}`)),
  ];

  test('of 500 proxies the first are named and the others counted', () => {
    const lines = drawn(many, { columns: 80 }).split('\n');
    expect(lines).toContain('  ▸ make    120 of 500 proxies accepted, 300 waiting, 47 s left');
    const named = lines.filter((line) => line.includes('waiting slow-'));
    expect(named[0]).toBe('      waiting slow-0: reads the old listeners');
    expect(named.length).toBeGreaterThan(3);
    expect(lines).toContain(`      and ${380 - named.length} more`);
    expect(lines.at(-1)).toBe('edge: ! notice 19');
  });

  test.each([
    [40, 24],
    [40, 8],
    [80, 12],
    [80, 4],
    [200, 24],
    [200, 2],
  ])('%i columns and %i rows are enough', (columns, rows) => {
    const targets = ['a', 'b', 'c', 'd', 'edge', 'f'];
    for (const events of [[], [start], many, underWay]) {
      const lines = drawn(events, { columns, rows, targets, stopping: true }).split('\n');
      expect(lines.length).toBeLessThan(rows);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    }
  });
});

test('going back shows the rejecting proxies, and no stages that will not come', () => {
  const events = [
    start,
    begun('make', 2),
    proxy('shop-web-default-0', 'rejected', 'rejected lds version 9'),
    begun('back', 2),
    proxy('shop-ads-default-0', 'accepted'),
  ];
  expect(drawn(events, { columns: 80 }).split('\n').slice(1)).toEqual([
    'edge',
    '  ✗ make    0 of 2 proxies accepted, 1 rejected',
    '      rejected shop-web-default-0: rejected lds version 9',
    '  ▸ back    1 of 2 proxies accepted',
  ]);
});

test('finished targets have a line each, and those still to come have one together', () => {
  const events = [
    start,
    begun('make', 1, 'west'),
    proxy('w', 'accepted', undefined, 'west'),
    begun('make', 1),
  ];
  const targets = ['idle', 'west', 'edge', 'north', 'south'];
  expect(drawn(events, { columns: 80, targets }).split('\n').slice(1)).toEqual([
    '✓ idle  nothing to do',
    '✓ west  1 of 1 proxy accepted',
    'edge',
    '  ▸ make    0 of 1 proxy accepted',
    '    switch  waiting',
    '    break   waiting',
    '  then north, south',
  ]);
});

test('a signal is shown at once', () => {
  expect(drawn(underWay, { columns: 80, stopping: true })).toMatch(/\n! stopping after the present write$/);
});

test('at a successful end every stage is shown as successful', () => {
  expect(drawn([start, begun('make', 2), end('succeeded')], { columns: 80 })).toContain('✓ make ');
});

test('colours are the only control characters, whatever the data contains', () => {
  const evil = '\u001b[2J\u001b]0;owned\u0007\r\n\u009b1m\u202e';
  const events = [
    { ...start, revision: evil } as Event,
    begun('make', 3, evil),
    waiting(evil, evil, evil),
    proxy(`x${evil}`, 'unseen', evil, evil),
    notice(evil),
  ];
  const text = drawn(events, { columns: 200, targets: [evil], colour: true });
  expect(text).toContain('\u001b[');
  expect(text).toContain(String.raw`\x1b[2J`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour is a control sequence
  const uncoloured = text.replace(/\u001b\[\d*(?:;\d+)*m/g, '');
  expect(uncoloured).toBe(stripVTControlCharacters(uncoloured));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the text must contain none of these
  expect(uncoloured).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
});
