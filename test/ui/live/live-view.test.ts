import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { liveView } from '../../../src/ui/live/live-view.ts';
import { palette } from '../../../src/ui/palette.ts';
import { begun, certificate, end, notice, proxy, start, waiting } from './run.ts';

const showCursor = '\u001b[?25h';
const hideCursor = '\u001b[?25l';

/** Returns a view on a terminal that records all text written to it. */
function watched(columns: number, targets = ['edge']) {
  const screen = Object.assign(new PassThrough(), { columns, rows: 24, isTTY: true });
  let time = Date.parse('2026-01-01T00:00:00.000Z');
  const view = liveView({
    screen: screen as unknown as NodeJS.WriteStream,
    print: (text) => screen.write(text),
    targets,
    now: () => new Date((time += 1)),
    signal: new AbortController().signal,
    palette: palette(false),
  });
  return { view, written: () => String(screen.read() ?? '') };
}

/** Returns the text written after the terminal was restored. */
const left = (text: string): string => text.slice(text.lastIndexOf(showCursor) + showCursor.length);

test('draws while it runs, then shows the cursor again and leaves a plain-text summary', async () => {
  const { view, written } = watched(80);
  for (const event of [start, certificate('spiffe://a', 'issue'), begun('make', 2)]) view.show(event);
  view.show(proxy('web', 'accepted'));
  await expect.poll(written).toContain('▸ make    1 of 2 proxies accepted');
  view.show(proxy('pay', 'unseen', 'it never answered'));
  view.show(notice('no one listens'));
  view.show(end('succeeded'));
  await view.end();
  expect(left(written())).toBe(
    [
      'apply 1a2b3c4d5e6f  0 s',
      'edge',
      '  ✓ make    1 of 2 proxies accepted, 1 unseen',
      '      unseen pay: it never answered',
      '    switch  not begun',
      '    break   not begun',
      '  ✓ 1 certificate bound',
      'edge: ! no one listens',
      'succeeded',
      '',
    ].join('\n'),
  );
});

test('hides the cursor no more often than it shows it', async () => {
  const { view, written } = watched(80);
  view.show(start);
  await view.end();
  const text = written();
  expect(text).toContain(hideCursor);
  expect(text.lastIndexOf(showCursor)).toBeGreaterThan(text.lastIndexOf(hideCursor));
});

test('the summary cuts nothing, even if the terminal is narrow', async () => {
  const { view, written } = watched(40);
  const reason = 'its admin address 127.0.0.1:19000 no longer answers, and that for a long time';
  view.show(start);
  view.show(begun('make', 1));
  view.show(waiting('shop-a-service-with-a-very-long-name-default-0', reason));
  view.show(end('incomplete', 'in time it was not'));
  await view.end();
  const lines = left(written()).split('\n');
  expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain(
    `✗ make 0 of 1 accepted, 1 waiting waiting shop-a-service-with-a-very-long-name-default-0 ${reason} `,
  );
  // Only a word that is wider than the terminal makes a line too long.
  for (const line of lines.filter((one) => one.length > 40)) expect(line.trim()).not.toContain(' ');
});

test('a run that ends with an error leaves its progress', async () => {
  const { view, written } = watched(80, ['idle', 'edge', 'north']);
  view.show(start);
  view.show(begun('make', 1));
  await view.end();
  expect(left(written()).split('\n').slice(1)).toEqual([
    'idle  nothing to do',
    'edge',
    '  ✗ make    0 of 1 proxy accepted',
    '    switch  not begun',
    '    break   not begun',
    'north  not begun',
    '',
  ]);
});

test('the summary says if a run had no work', async () => {
  const { view, written } = watched(80, ['edge', 'north']);
  view.show(start);
  view.show(end('unchanged'));
  await view.end();
  expect(left(written())).toBe(
    'apply 1a2b3c4d5e6f  0 s\nedge  nothing to do\nnorth  nothing to do\nunchanged\n',
  );
});

test.each([40, 80, 120])(
  'leaves notices and the end in lines of %i columns, broken between words',
  async (columns) => {
    const { view, written } = watched(columns);
    const ref = 'Service/shop/reviews';
    const message = `no controller has written a status for 12 of 12 objects, so their health is unknown: ${ref}, ${ref} and 10 more`;
    view.show(start);
    view.show(notice(message));
    view.show(end('incomplete', message));
    await view.end();
    const lines = left(written()).split('\n').slice(1);
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    // A word that a break divides would be missing from the lines that are joined again.
    const joined = lines.map((line) => line.trim()).join(' ');
    expect(joined.split(message)).toHaveLength(3);
  },
);
