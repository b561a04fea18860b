import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event } from '../../../src/core/run/event.ts';
import { after, beginning, stageEnd } from '../../../src/ui/live/progress.ts';
import { begun, certificate, end, notice, proxy, start, waiting } from './run.ts';

const run: readonly Event[] = [
  start,
  certificate('spiffe://shop.example/ns/shop/sa/web', 'issue'),
  certificate('spiffe://shop.example/ns/shop/sa/old', 'delete'),
  begun('make', 3),
  proxy('a', 'accepted'),
  waiting('b', 'reads the old listeners'),
  waiting('c', 'reads the old listeners'),
  waiting('b', 'its admin address no longer answers'),
  proxy('c', 'accepted'),
];

test('accepting proxies are counted, the others are kept with their last reason', () => {
  const [edge] = after(beginning(['edge']), run).targets;
  expect(edge).toMatchObject({ name: 'edge', way: ['make', 'switch', 'break'], bound: 1 });
  expect(edge?.stages).toMatchObject([{ name: 'make', proxies: 3, accepted: 2 }]);
  expect([...edge!.stages[0]!.open]).toEqual([
    [
      'b',
      { state: 'waiting', reason: 'its admin address no longer answers', until: '2026-01-01T00:01:00.000Z' },
    ],
  ]);
});

test('a stage ends with the last wait of its proxies, and with none if they have answered', () => {
  const wait = (ref: string, until: string): Event => ({
    type: 'waiting',
    target: 'edge',
    ref,
    reason: 'r',
    until,
  });
  const stageOf = (...events: readonly Event[]) =>
    after(beginning(['edge']), [begun('make', 2), ...events]).targets[0]!.stages[0]!;
  // A silent proxy is given up long before the stage is.
  const [silent, slow] = [wait('a', '2026-01-01T00:00:05.000Z'), wait('b', '2026-01-01T00:01:00.000Z')];
  expect(stageEnd(stageOf(silent))).toBe('2026-01-01T00:00:05.000Z');
  expect(stageEnd(stageOf(slow, silent))).toBe('2026-01-01T00:01:00.000Z');
  expect(stageEnd(stageOf(slow, silent, proxy('b', 'accepted')))).toBe('2026-01-01T00:00:05.000Z');
  expect(stageEnd(stageOf(slow, proxy('b', 'accepted')))).toBeUndefined();
});

test('each stage counts anew, and earlier stages stay unchanged', () => {
  const events = [...run, begun('switch', 2), proxy('a', 'rejected', 'rejected lds'), begun('back', 2)];
  const { stages } = after(beginning(['edge']), events).targets[0]!;
  expect(stages.map(({ name, accepted, open }) => [name, accepted, [...open.keys()]])).toEqual([
    ['make', 2, ['b']],
    ['switch', 0, ['a']],
    ['back', 0, []],
  ]);
});

test('targets stay in the order of the run; an unexpected one comes last', () => {
  const events = [begun('make', 1, 'west'), begun('make', 1, 'north')];
  const { targets } = after(beginning(['east', 'west']), events);
  expect(targets.map(({ name, stages }) => [name, stages.length])).toEqual([
    ['east', 0],
    ['west', 1],
    ['north', 1],
  ]);
});

test('the last ten notices are kept, the others counted', () => {
  const events = Array.from({ length: 13 }, (_, i) => notice(`notice ${i}`));
  const { notices, earlierNotices } = after(beginning([]), events);
  expect(notices.map(({ message }) => message)).toEqual(
    Array.from({ length: 10 }, (_, i) => `notice ${i + 3}`),
  );
  expect(earlierNotices).toBe(3);
});

test('events in groups give the same result as all at once, and earlier states do not change', () => {
  const all = [
    ...run,
    begun('switch', 3),
    ...['a', 'b', 'c'].map((id) => proxy(id, 'accepted')),
    end('succeeded'),
  ];
  const whole = after(beginning(['edge']), all);
  fc.assert(
    fc.property(fc.array(fc.nat(all.length)), (cuts) => {
      let progress = beginning(['edge']);
      let from = 0;
      for (const to of [...cuts, all.length].sort((a, b) => a - b)) {
        const before = structuredClone(progress);
        const next = after(progress, all.slice(from, to));
        expect(progress).toEqual(before);
        [progress, from] = [next, to];
      }
      expect(progress).toEqual(whole);
    }),
  );
});

test('a group of 20,000 events is processed at once', { timeout: 5_000 }, () => {
  const events = Array.from({ length: 10_000 }, (_, i) => waiting(`p${i}`, 'not yet'));
  const more = Array.from({ length: 10_000 }, (_, i) => proxy(`p${i}`, 'accepted'));
  const { stages } = after(beginning(['edge']), [begun('make', 10_000), ...events, ...more]).targets[0]!;
  expect(stages[0]).toMatchObject({ accepted: 10_000, open: new Map() });
});
