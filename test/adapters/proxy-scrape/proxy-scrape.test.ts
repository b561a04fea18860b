import { describe, expect, test } from 'vitest';
import { ProxyScrape } from '../../../src/adapters/proxy-scrape/proxy-scrape.ts';
import type { Arms } from '../../../src/core/evidence/arms.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { AdminAnswer, ProxyAdmin } from '../../../src/ports/proxy-admin.ts';
import { countedArms } from '../../core/canary/counters/counted-arms.ts';

/** A clock on which waiting takes no time. */
class SteppedClock implements Clock {
  #now = 0;
  now(): Date {
    return new Date(this.#now);
  }
  monotonic(): number {
    return this.#now;
  }
  sleep(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    return Promise.resolve();
  }
}

const arms: Arms = {
  ...countedArms,
  names: { '10.0.0.1:9901': 'web-1', '10.0.0.2:9901': 'web-2', '10.0.0.3:9901': 'api-1' },
  proxies: [
    { id: 'web-1', address: '10.0.0.1:9901', path: '/metrics', sides: ['client'] },
    { id: 'web-2', address: '10.0.0.2:9901', path: '/metrics', sides: ['client'] },
    { id: 'api-1', address: '10.0.0.3:9901', path: '/metrics', sides: ['server'] },
  ],
};

const answered = (body: string): AdminAnswer => ({ state: 'answered', body });
const caller = (version: string, count: number): string =>
  `up 1\nrequests{version="${version}",service="api"} ${String(count)}\n`;

function scrape(answers: Readonly<Record<string, AdminAnswer>>) {
  const admin: ProxyAdmin = {
    get: (address) => Promise.resolve(answers[address] ?? { state: 'absent' }),
  };
  return new ProxyScrape(admin, new SteppedClock()).read(arms, 7);
}

describe('counters from the proxies themselves', () => {
  test('counters belong to the asked proxy, whatever name they carry', async () => {
    const lines = await scrape({
      '10.0.0.1:9901': answered('up 1\nrequests{version="v1",pod="10.0.0.3:9901"} 12\n'),
      '10.0.0.2:9901': answered(caller('v2', 3)),
      '10.0.0.3:9901': answered('serving 1\nup 1\nserved{version="v2"} 3\n'),
    });
    expect(lines).toEqual([
      { t: 7, arm: 'baseline', instance: 'web-1', requests: 12, errors: 0 },
      { t: 7, arm: 'baseline', instance: 'web-2', requests: 0, errors: 0 },
      { t: 7, arm: 'candidate', instance: 'web-1', requests: 0, errors: 0 },
      { t: 7, arm: 'candidate', instance: 'web-2', requests: 3, errors: 0 },
      { t: 7, arm: 'candidate', instance: 'api-1', side: 'server', requests: 3, errors: 0 },
    ]);
  });

  test('a missing, silent or invalid proxy gives a failed line of its own', async () => {
    for (const [answer, cause] of [
      [{ state: 'absent' }, 'unreachable'],
      [{ state: 'silent' }, 'unreachable'],
      [{ state: 'unusable', why: 'it answers with status 500' }, 'counters'],
      [answered('up 1\nrequests{version="v1"} many\n'), 'counters'],
      [answered('up 1\nrequests{version="v1"} 1'), 'counters'],
    ] as const) {
      const lines = await scrape({ '10.0.0.1:9901': answered(caller('v1', 5)), '10.0.0.2:9901': answer });
      expect(lines.filter((line) => 'failed' in line && line.side === undefined)).toMatchObject([
        { instance: 'web-2', cause },
      ]);
      expect(lines.filter((line) => !('failed' in line))).toMatchObject([
        { arm: 'baseline', instance: 'web-1', requests: 5 },
        { arm: 'candidate', instance: 'web-1', requests: 0 },
      ]);
    }
  });

  test('without any caller the whole reading fails', async () => {
    const lines = await scrape({ '10.0.0.3:9901': answered('serving 1\nserved{version="v2"} 3\n') });
    expect(lines).toEqual([
      { t: 7, failed: true, cause: 'unreachable', why: "the proxy web-1 isn't running at 10.0.0.1:9901" },
    ]);
  });

  test('at most sixteen proxies are asked at the same time', async () => {
    let [open, most] = [0, 0];
    const admin: ProxyAdmin = {
      get: async () => {
        most = Math.max(most, ++open);
        await new Promise((done) => setTimeout(done, 1));
        open--;
        return answered(caller('v1', 1));
      },
    };
    const proxies = Array.from({ length: 100 }, (_, i) => ({
      id: `web-${String(i)}`,
      address: `10.0.1.${String(i)}:9901`,
      path: '/metrics',
      sides: ['client'] as const,
    }));
    const lines = await new ProxyScrape(admin, new SteppedClock()).read({ ...arms, proxies }, 0);
    expect(most).toBe(16);
    expect(lines).toHaveLength(200);
  });

  test('the present rate is the growth between two readings; a proxy that restarted is left out', async () => {
    const counts: Record<string, number[]> = { '10.0.0.1:9901': [100, 600], '10.0.0.2:9901': [900, 10] };
    const admin: ProxyAdmin = {
      get: (address) => Promise.resolve(answered(caller('v1', counts[address]?.shift() ?? 0))),
    };
    expect(await new ProxyScrape(admin, new SteppedClock()).rate(arms)).toEqual({
      perSecond: 50,
      seconds: 10,
    });
  });
});
