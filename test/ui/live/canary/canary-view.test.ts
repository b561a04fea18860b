import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { canaryView } from '../../../../src/ui/live/canary/canary-view.ts';
import { palette } from '../../../../src/ui/palette.ts';
import { reading, step, verdict } from './rollout-events.ts';

const showCursor = '\u001b[?25h';

test('draws while it runs, then gives the cursor back and leaves its last frame', async () => {
  const screen = Object.assign(new PassThrough(), { columns: 80, rows: 24, isTTY: true });
  const view = canaryView({
    screen: screen as unknown as NodeJS.WriteStream,
    print: (text) => screen.write(text),
    now: () => new Date('2026-01-01T00:00:00.000Z'),
    signal: new AbortController().signal,
    palette: palette(false),
  });
  const written = (): string => String(screen.read() ?? '');
  for (const event of [step(1, 1), reading(0, [0, 0], [0, 0]), reading(10, [990, 2], [10, 0])])
    view.show(event);
  await expect.poll(written).toContain('step 1 of 5');
  view.show(verdict('fail', 7));
  await view.end();
  const text = written();
  const left = text.slice(text.lastIndexOf(showCursor) + showCursor.length);
  expect(left.split('\n')[0]).toBe('canary shop/reviews-v2  step 1 of 5  watching  10 s');
  expect(left).toContain('fail: the evidence is E = 12 of 150');
});
