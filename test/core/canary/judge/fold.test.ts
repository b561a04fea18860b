import { describe, expect, test } from 'vitest';
import { beginJudging } from '../../../../src/core/canary/judge/begin-judging.ts';
import { endReading } from '../../../../src/core/canary/judge/end-reading.ts';
import type { JudgePolicy } from '../../../../src/core/canary/judge/judge-policy.ts';
import type { JudgeState } from '../../../../src/core/canary/judge/judge-state.ts';
import { observe } from '../../../../src/core/canary/judge/observe.ts';
import { Replay } from '../../../../src/core/canary/replay/replay.ts';
import type { Scrape, StreamLine } from '../../../../src/core/evidence/stream-line.ts';
import { policy } from '../../../canary/bars/policy.ts';
import { Random } from '../../../canary/simulator/random.ts';
import type { Scenario } from '../../../canary/simulator/scenario.ts';
import { stream } from '../../../canary/simulator/stream.ts';

function linesOf(scenario: Scenario, index = 0): StreamLine[] {
  return [...stream(scenario, new Random('fold', index))].flat();
}

function judged(lines: readonly StreamLine[], how: JudgePolicy = policy) {
  const replay = new Replay(how);
  for (const line of lines) replay.take(line);
  const { verdict, reason, at, blame, evidence } = replay.end();
  return { verdict, code: reason.code, at, blame, evidence };
}

function folded(lines: readonly StreamLine[], through = (state: JudgeState) => state): JudgeState {
  let state = beginJudging(policy);
  for (const line of lines) state = through(observe(state, line));
  return endReading(state, state.now);
}

const isScrape = (line: StreamLine): line is Scrape => 'requests' in line;

/** Changes the counters of the lines for which `is` holds. */
function changed(
  lines: readonly StreamLine[],
  is: (line: Scrape) => boolean,
  change: (line: Scrape) => Scrape,
) {
  return lines.map((line) => (isScrape(line) && is(line) ? change(line) : line));
}

describe('the fold', () => {
  test('gives the same state, to the last bit, if each state goes through JSON', () => {
    const lines = linesOf({ rps: 50, bursts: 0.5, lost: 0.1, restarts: 0.02, renamed: true, length: 900 });
    const through = folded(lines, (state) => JSON.parse(JSON.stringify(state)) as JudgeState);
    expect(JSON.stringify(through)).toBe(JSON.stringify(folded(lines)));
  });

  test('has a state that does not grow with the number of readings', () => {
    const size = (length: number) => JSON.stringify(folded(linesOf({ rps: 20, length }))).length;
    expect(size(6 * 3600)).toBeLessThan(1.05 * size(4 * 3600));
  });

  test('takes about twice the time for twice the readings', () => {
    const cost = (length: number): number => {
      const lines = linesOf({ rps: 20, length });
      const once = (): number => {
        const start = process.cpuUsage().user;
        folded(lines);
        return process.cpuUsage().user - start;
      };
      // A loaded machine, or a collection of garbage, makes one run longer, not all of them.
      return Math.min(once(), once(), once());
    };
    cost(3600);
    expect(cost(8 * 3600)).toBeLessThan(6 * Math.max(cost(4 * 3600), 1000));
  });

  test('gives every verdict although proxies are read one after the other', () => {
    expect(judged(linesOf({ rps: 100, stagger: 0.3 }))).toMatchObject({ verdict: 'pass' });
    expect(judged(linesOf({ rps: 100, stagger: 0.3, worse: () => 25 }))).toMatchObject({ verdict: 'fail' });
  });
});

describe('impossible counters', () => {
  const bad = linesOf({ rps: 100, worse: () => 25, length: 900 });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300, 2 ** 53 + 2])(
    'errors of %d in all lines of the candidate are blind',
    (errors) => {
      const lines = changed(
        bad,
        ({ arm }) => arm === 'candidate',
        (line) => ({ ...line, errors }),
      );
      expect(judged(lines)).toMatchObject({ verdict: 'blind', code: 'counters' });
    },
  );

  test('in one line give no verdict and leave the other lines valid', () => {
    const good = linesOf({ rps: 100 });
    const lines = changed(
      good,
      ({ arm, t }) => arm === 'candidate' && t === 300,
      (line) => ({ ...line, errors: 1e15 }),
    );
    expect(judged(lines)).toMatchObject({ verdict: 'pass' });
  });

  test('invalid times are blind', () => {
    const lines = bad.map((line) => ({ ...line, t: Number.NaN }));
    expect(judged(lines).verdict).not.toBe('fail');
    expect(judged(lines).verdict).not.toBe('pass');
  });

  test('a counter that jumps by more than an instance can serve is blind', () => {
    const lines = changed(
      bad,
      ({ t }) => t > 0,
      (line) => ({ ...line, requests: 1e13 * line.t, errors: 9e12 * line.t }),
    );
    expect(judged(lines)).toMatchObject({ verdict: 'blind', code: 'counters' });
  });

  test('two different values of one instance are blind', () => {
    const lines = bad.flatMap((line): StreamLine[] =>
      isScrape(line) && line.arm === 'candidate' ? [line, { ...line, requests: line.requests + 7 }] : [line],
    );
    expect(judged(lines)).toMatchObject({ verdict: 'blind', code: 'series' });
  });

  test('a candidate whose clock is a minute late is blind', () => {
    const lines = bad.map((line) =>
      isScrape(line) && line.arm === 'candidate' ? { ...line, t: Math.max(0, line.t - 60) } : line,
    );
    expect(judged(lines)).toMatchObject({ verdict: 'blind', code: 'clock' });
  });
});

describe('resets', () => {
  test('of all counters at once are no evidence, and the rollout goes on', () => {
    const lines = linesOf({ rps: 100 });
    const restarted = changed(
      lines,
      ({ t }) => t >= 300,
      (line) => {
        const before = lines.find(
          (one) => isScrape(one) && one.t === 285 && one.instance === line.instance,
        ) as Scrape;
        return { ...line, requests: line.requests - before.requests, errors: line.errors - before.errors };
      },
    );
    expect(judged(restarted)).toMatchObject({ verdict: 'pass' });
  });

  test('of all counters in every reading are blind', () => {
    const lines = changed(
      linesOf({ rps: 100, length: 900 }),
      () => true,
      (line) => ({
        ...line,
        requests: 10_000 - line.t,
        errors: 1,
      }),
    );
    expect(judged(lines)).toMatchObject({ verdict: 'blind', code: 'resets' });
  });
});

describe('sight', () => {
  const bad = linesOf({ rps: 100, worse: () => 25 });

  test('that is lost gives `blind` until it comes back', () => {
    const good = linesOf({ rps: 100 });
    const gap = good.map(
      (line): StreamLine => (line.t > 120 && line.t <= 480 ? { t: line.t, failed: true } : line),
    );
    expect(judged(gap)).toMatchObject({ verdict: 'pass' });
    expect(judged(gap.filter(({ t }) => t <= 480))).toMatchObject({ verdict: 'blind', code: 'source' });
  });

  test('that is lost rolls back at once if the rollout says so', () => {
    const gap = bad.map((line): StreamLine => (line.t > 0 ? { t: line.t, failed: true } : line));
    const ended = judged(gap, { ...policy, on: { ...policy.on, blind: 'rollback' } });
    expect(ended).toMatchObject({ verdict: 'blind', code: 'source' });
    expect(ended.at).toBeLessThanOrEqual(90);
  });

  test('of a candidate that never had a request is no blindness', () => {
    const lines = linesOf({ rps: 100 }).filter((line) => !isScrape(line) || line.arm === 'baseline');
    expect(judged(lines)).toMatchObject({ verdict: 'inconclusive', code: 'traffic' });
  });

  test('of an instance of the candidate that is lost for long prevents the promotion', () => {
    const lines = linesOf({ rps: 100, candidates: 2 }).map(
      (line): StreamLine =>
        isScrape(line) && line.instance === 'candidate-1' && line.t > 60
          ? { t: line.t, failed: true, arm: 'candidate', instance: 'candidate-1' }
          : line,
    );
    expect(judged(lines).verdict).not.toBe('pass');
  });
});

describe('blame', () => {
  const bad = linesOf({ rps: 100, worse: () => 10 });
  const serving = (errors: (line: Scrape) => number) =>
    bad.flatMap((line): StreamLine[] =>
      isScrape(line) ? [line, { ...line, side: 'server' as const, errors: errors(line) }] : [line],
    );

  test('is the application if its instances answered with the errors', () => {
    expect(judged(serving(({ errors }) => errors))).toMatchObject({ verdict: 'fail', blame: 'application' });
  });

  test('is the mesh if the instances answered well', () => {
    expect(judged(serving(() => 0))).toMatchObject({ verdict: 'fail', blame: 'mesh' });
  });

  test('is a dependency if both arms miss the goal', () => {
    expect(judged(linesOf({ rps: 100, errors: 0.05 }))).toMatchObject({
      verdict: 'inconclusive',
      code: 'goal',
      blame: 'dependency',
    });
  });

  test('is left out if the source has one side only', () => {
    expect(judged(bad)).toMatchObject({ verdict: 'fail', blame: undefined });
  });
});

describe('the steps', () => {
  const steps = [1, 5, 25, 50, 100].map((weight) => ({ weight }));

  test('a `hold` keeps its step', () => {
    const held = { ...policy, steps: [{ weight: 10, hold: 1200 }, { weight: 100 }] };
    expect(judged(linesOf({ rps: 100 }), held)).toMatchObject({ verdict: 'pass', at: 1200 });
  });

  test('a stream that ends before the steps do is inconclusive', () => {
    const held = { ...policy, steps: [{ weight: 10, hold: 3601 }, { weight: 100 }] };
    expect(judged(linesOf({ rps: 100 }), held)).toMatchObject({
      verdict: 'inconclusive',
      code: 'time',
      at: 3600,
    });
  });

  test('a stream with other weights than the steps climbs by its evidence', () => {
    expect(judged(linesOf({ rps: 100 }), { ...policy, steps })).toMatchObject({ verdict: 'pass' });
  });

  test('the deadline ends a longer stream', () => {
    const short = { ...policy, deadline: 300 };
    expect(judged(linesOf({ rps: 100 }), short)).toMatchObject({ verdict: 'inconclusive', at: 300 });
  });
});

describe('several parts', () => {
  const parts = [{ service: 'shop/a' }, { service: 'shop/b' }];
  const both = (a: Scenario, b: Scenario) =>
    [
      ...linesOf(a).map((line) => ({ ...line, service: 'shop/a' })),
      ...linesOf(b, 1).map((line) => ({ ...line, service: 'shop/b' })),
    ].sort((one, other) => one.t - other.t);

  test('pass together', () => {
    expect(judged(both({ rps: 100 }, { rps: 100 }), { ...policy, parts })).toMatchObject({ verdict: 'pass' });
  });

  test('fail with the worst one', () => {
    const lines = both({ rps: 100 }, { rps: 100, worse: () => 25 });
    expect(judged(lines, { ...policy, parts })).toMatchObject({ verdict: 'fail', code: 'fast' });
  });

  test('wait for the part that cannot be seen', () => {
    const lines = both({ rps: 100 }, { rps: 100 }).map(
      (line): StreamLine =>
        line.service === 'shop/b' && line.t > 60 ? { t: line.t, failed: true, service: 'shop/b' } : line,
    );
    expect(judged(lines, { ...policy, parts })).toMatchObject({ verdict: 'blind' });
  });
});

describe('a custom metric', () => {
  const how: JudgePolicy = { ...policy, custom: [{ name: 'orders', direction: 'decrease' }] };
  const withMetric = (candidate: number) => {
    const random = new Random('metric', 0);
    return linesOf({ rps: 100 }).flatMap((line): StreamLine[] => {
      if (!('weight' in line) && !(isScrape(line) && line.instance === 'candidate-0')) return [line];
      const value = (mean: number) => mean * (1 + 0.1 * random.normal());
      const metric = (arm: 'candidate' | 'baseline', mean: number) => ({
        t: line.t,
        arm,
        metric: 'orders',
        value: value(mean),
      });
      return [line, metric('candidate', candidate), metric('baseline', 50)];
    });
  };

  test('that is a third lower fails', () => {
    expect(judged(withMetric(33), how)).toMatchObject({ verdict: 'fail', code: 'custom' });
  });

  test('that is the same passes', () => {
    expect(judged(withMetric(50), how)).toMatchObject({ verdict: 'pass' });
  });

  test('without values is blind', () => {
    expect(judged(linesOf({ rps: 100 }), how)).toMatchObject({ verdict: 'blind', code: 'source' });
  });
});
