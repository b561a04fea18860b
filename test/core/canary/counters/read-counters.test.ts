import { describe, expect, test } from 'vitest';
import { readCounters } from '../../../../src/core/canary/counters/read-counters.ts';
import type { Sample } from '../../../../src/core/canary/counters/sample.ts';
import { countedArms } from './counted-arms.ts';

/** A sample with its labels after the name: `requests pod=a version=v1`. */
function sample(series: string, value: number): Sample {
  const [metric = '', ...labels] = series.split(' ');
  return {
    metric,
    labels: Object.fromEntries(labels.map((label) => label.split('=') as [string, string])),
    value,
  };
}

const alive = { client: new Map([['a', 1]]), server: new Map([['s', 1]]) };
const read = (samples: readonly Sample[], running = alive) =>
  readCounters(countedArms, { samples, alive: running }, 5);

describe('lines of evidence from series', () => {
  test('series of a proxy add up; a bad one counts once, though it fits two classes', () => {
    const lines = read([
      sample('requests pod=a version=v1 code=200', 90),
      sample('requests pod=a version=v1 code=503', 4),
      sample('requests pod=a version=v1 code=504 flags=UT', 3),
      sample('requests pod=a version=v1 code=200 flags=URX,UT', 2),
      sample('requests pod=a version=v1 code=200 flags=UTX', 1),
      sample('requests pod=a version=v3 code=500', 1000),
      sample('served pod=s version=v1 code=500', 4),
      sample('served pod=s version=v1 code=200', 91),
    ]);
    expect(lines).toEqual([
      { t: 5, arm: 'baseline', instance: 'web-1', requests: 100, errors: 9 },
      { t: 5, arm: 'candidate', instance: 'web-1', requests: 0, errors: 0 },
      { t: 5, arm: 'baseline', instance: 's', side: 'server', requests: 95, errors: 4 },
    ]);
  });

  test('cumulative buckets become counts, the last above the highest bound', () => {
    const [line] = read([
      sample('requests pod=a version=v1', 10),
      sample('ms_bucket pod=a version=v1 le=+Inf', 10),
      sample('ms_bucket pod=a version=v1 le=100', 6),
      sample('ms_bucket pod=a version=v1 le=250', 9),
    ]);
    expect(line).toMatchObject({ latency: { bounds: [100, 250], counts: [6, 3, 1] } });
  });

  test.each([
    ['NaN', [sample('requests pod=a version=v1', NaN)]],
    ['infinite', [sample('requests pod=a version=v1', Infinity)]],
    ['negative', [sample('requests pod=a version=v1', -1)]],
    [
      'a histogram that sinks',
      [
        sample('ms_bucket pod=a version=v1 le=1', 5),
        sample('ms_bucket pod=a version=v1 le=2', 4),
        sample('ms_bucket pod=a version=v1 le=+Inf', 6),
      ],
    ],
    ['a histogram without an end', [sample('ms_bucket pod=a version=v1 le=1', 5)]],
    ['a bound that is no number', [sample('ms_bucket pod=a version=v1 le=much', 5)]],
  ])('a value that can not be (%s) is a failed line of that proxy alone', (_, samples) => {
    const running = {
      client: new Map([
        ['a', 1],
        ['b', 1],
      ]),
      server: new Map(),
    };
    const lines = read(samples, running);
    expect(lines.filter((line) => 'failed' in line)).toMatchObject([
      { arm: 'baseline', instance: 'web-1', cause: 'counters' },
    ]);
    expect(lines).toHaveLength(4);
  });

  test('without a running proxy of a caller nothing is known, and no line says zero', () => {
    const lines = read([sample('requests pod=a version=v1', 10)], {
      client: new Map(),
      server: new Map(),
    });
    expect(lines).toMatchObject([{ failed: true, cause: 'unreachable' }]);
    expect(lines).toHaveLength(1);
  });

  test('a proxy that is read twice makes the whole side unusable', () => {
    const lines = read([sample('requests pod=a version=v1', 10)], {
      client: new Map([['a', 2]]),
      server: new Map([['s', 1]]),
    });
    expect(lines).toEqual([
      {
        t: 5,
        failed: true,
        cause: 'series',
        why: expect.stringContaining('2 series up of pod="a"') as string,
      },
    ]);
  });
});
