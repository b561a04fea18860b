import { expect, test } from 'vitest';
import type { Event } from '../../../src/core/run/event.ts';
import { type Gate, gate } from '../../../src/core/run/gate.ts';
import type { WatchedProxy } from '../../../src/core/targets/acceptance.ts';
import { acceptance } from '../../../src/core/targets/envoy/delivery/acceptance.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { AdminAnswer, ProxyAdmin } from '../../../src/ports/proxy-admin.ts';

/** A clock that advances only while somebody sleeps, so that a minute passes at once. */
class StillClock implements Clock {
  private time = 0;
  private readonly sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  now(): Date {
    return new Date(1_000_000_000 + this.time);
  }

  monotonic(): number {
    return this.time;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => this.sleepers.push({ until: this.time + milliseconds, wake }));
  }

  /** Advances from one sleeper to the next until the promise is settled. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const settled: T[] = [];
    const failed: unknown[] = [];
    promise.then(
      (value) => settled.push(value),
      (error: unknown) => failed.push(error),
    );
    for (;;) {
      await new Promise((turn) => setImmediate(turn));
      if (settled.length + failed.length > 0) return promise;
      const next = this.sleepers.sort((a, b) => a.until - b.until).shift();
      if (next === undefined) throw new Error('nobody waits for anything');
      this.time = Math.max(this.time, next.until);
      next.wake();
    }
  }
}

const started = 900_000_000;

/** Returns the answers of an Envoy that shows a version of its routes. */
function envoy(clock: Clock, version: string, { node = 'web', rejected = 0 } = {}) {
  const uptime = Math.floor((clock.now().getTime() - started) / 1000);
  return (request: string): AdminAnswer => ({
    state: 'answered',
    body:
      request === '/server_info'
        ? JSON.stringify({ node: { id: node }, uptime_current_epoch: `${uptime}s` })
        : `http.out.rds.r.version_text: "${version}"\nhttp.out.rds.r.update_rejected: ${rejected}\n`,
  });
}

type Answering = (request: string, clock: StillClock) => AdminAnswer | Promise<AdminAnswer>;

const proxy = (id: string, seen = true): WatchedProxy => ({
  id,
  admin: `${id}:1`,
  node: id,
  seen,
  expected: [{ kind: 'routes', resource: '.rds.r', path: 'rds.json', version: 'new', isChanged: true }],
  before: {
    at: 1_000_000_000,
    report: { numbers: new Map(), started: { from: started - 1, to: started + 1 } },
  },
  drainTime: 0,
});

/** Asks proxies with the given answers, and returns the result and its time. */
async function asked(
  answers: Readonly<Record<string, Answering>>,
  seen = true,
  isRepeated = false,
  timeout = 60_000,
  { isLast = true, known = [] }: { readonly isLast?: boolean; readonly known?: readonly string[] } = {},
): Promise<{ readonly gate: Gate; readonly events: readonly Event[]; readonly time: number }> {
  const clock = new StillClock();
  const admin: ProxyAdmin = {
    get: async (address, request, timeout) => {
      const answering = answers[address.slice(0, -2)];
      if (answering === undefined) return { state: 'absent' };
      const late = clock.sleep(timeout).then((): AdminAnswer => ({ state: 'silent' }));
      return Promise.race([Promise.resolve(answering(request, clock)), late]);
    },
  };
  const around = { clock, admin, timeout, signal: new AbortController().signal };
  const watched = Object.keys(answers).map((id) => proxy(id, seen));
  const events: Event[] = [];
  const run = async (): Promise<Gate> => {
    const running = gate(
      { target: 'edge', acceptance, watched, drained: false, isLast, isRepeated, known: new Set(known) },
      around,
    );
    for (;;) {
      const step = await running.next();
      if (step.done) return step.value;
      events.push(step.value);
    }
  };
  return { gate: await clock.until(run()), events, time: clock.monotonic() };
}

const after =
  (milliseconds: number, then: Answering): Answering =>
  async (request, clock) => {
    await clock.sleep(milliseconds);
    return then(request, clock);
  };

const good: Answering = (request, clock) => envoy(clock, 'new')(request);
const behind: Answering = (request, clock) => envoy(clock, 'old')(request);
const never: Answering = () => new Promise<AdminAnswer>(() => undefined);
const listensOnly: Answering = () => ({ state: 'silent' });

test.each([1_900, 5_000])('an admin that answers after %i ms has accepted', async (milliseconds) => {
  const { gate: end, events } = await asked({ web: after(milliseconds, good) });
  expect(end).toMatchObject({ state: 'accepted', silent: new Map() });
  expect(events.at(-1)).toMatchObject({ type: 'proxy', id: 'web', state: 'accepted' });
});

test.each([
  ['seen before', true],
  ['never seen', false],
])('a stopped process, %s, has confirmed nothing', async (_, seen) => {
  const { gate: end } = await asked({ web: never }, seen);
  const reason = 'its admin address web:1 takes connections and does not answer';
  expect(end.state === 'accepted' && [...end.silent]).toEqual([['web', { reason, isGone: false }]]);
});

test('nobody at the address of a proxy that answered before means that the proxy is gone', async () => {
  const nobody: Answering = () => ({ state: 'absent' });
  const { gate: end } = await asked({ web: nobody }, true);
  const reason = 'its admin address web:1 no longer answers';
  expect(end.state === 'accepted' && [...end.silent]).toEqual([['web', { reason, isGone: true }]]);
  // A timeout of less than the five seconds for a restart.
  const short = await asked({ web: nobody }, true, true, 2_000);
  expect(short.gate).toMatchObject({ state: 'late', gone: ['web'] });
});

test('a proxy that never listened is unseen', async () => {
  const { gate: end, events } = await asked({ web: () => ({ state: 'absent' }) }, false);
  expect(end).toMatchObject({ state: 'accepted', silent: new Map() });
  expect(events).toMatchObject([{ type: 'proxy', state: 'unseen' }]);
});

test.each([
  ['first', false, 2_000],
  ['later', true, 0],
])('in the %s round of a run, a proxy that was never seen gets its time', async (_, isRepeated, least) => {
  const { events, time } = await asked({ web: () => ({ state: 'absent' }) }, false, isRepeated);
  expect(events).toMatchObject([{ type: 'proxy', state: 'unseen' }]);
  expect(time).toBeGreaterThanOrEqual(least);
  expect(time).toBeLessThan(least + 500);
});

test('a proxy that was never seen gets a quarter of a timeout that is shorter than its time', async () => {
  const { gate: end, events, time } = await asked({ web: () => ({ state: 'absent' }) }, false, false, 1_000);
  expect(end.state).toBe('accepted');
  expect(events).toMatchObject([{ type: 'proxy', state: 'unseen' }]);
  expect(time).toBeGreaterThanOrEqual(250);
  expect(time).toBeLessThan(1_000);
});

test('an admin that answers only now and then counts as answering', async () => {
  let asks = 0;
  const flapping: Answering = (request, clock) => {
    asks++;
    if (asks % 20 > 2) return { state: 'absent' };
    return (clock.monotonic() > 20_000 ? good : behind)(request, clock);
  };
  const { gate: end } = await asked({ web: flapping });
  expect(end).toMatchObject({ state: 'accepted', silent: new Map() });
});

test.each([
  [
    'garbage',
    () => ({ state: 'answered', body: '\u0000<html>hello' }) as const,
    'another program answers at web:1',
  ],
  ['another status', () => ({ state: 'unusable', why: 'it answers with status 404' }) as const, 'status 404'],
  [
    'the report of another Envoy',
    (request: string, clock: Clock) => envoy(clock, 'new', { node: 'other' })(request),
    'has the node id "other", not "web"',
  ],
])(
  'an admin address that answers %s is another process, which is reported at once in one line',
  async (_, answering, said) => {
    const { gate: end, events } = await asked({ web: answering }, false);
    const notices = events.filter(({ type }) => type === 'notice');
    expect(notices).toEqual([{ type: 'notice', target: 'edge', message: expect.stringContaining(said) }]);
    expect(events[0]).toBe(notices[0]);
    expect(end.state === 'accepted' && [...end.silent.keys()]).toEqual(['web']);
  },
);

test('a rejection is detected at once while other proxies are stopped', async () => {
  const rejecting: Answering = (request, clock) => envoy(clock, 'old', { node: 'bad', rejected: 1 })(request);
  const { gate: end, time } = await asked({ one: never, two: listensOnly, bad: rejecting });
  expect(end).toMatchObject({ state: 'rejected', message: expect.stringContaining('refused routes new') });
  expect(time).toBeLessThan(1_000);
});

test('a proxy that never accepts the version is late, with the reason', async () => {
  const { gate: end, time } = await asked({ web: behind });
  expect(end).toMatchObject({ state: 'late', message: expect.stringContaining('routes still old, not new') });
  expect(time).toBeGreaterThanOrEqual(60_000);
});

test('a revision that lacks a file of its own bootstrap is rejected before any proxy is asked', async () => {
  const clock = new StillClock();
  const admin: ProxyAdmin = { get: () => Promise.reject(new Error('asked')) };
  const around = { clock, admin, timeout: 60_000, signal: new AbortController().signal };
  const watched = [{ ...proxy('web'), missing: 'config/current/scopes/web/cds.json' }];
  const running = gate(
    {
      target: 'edge',
      acceptance,
      watched,
      drained: false,
      isLast: true,
      isRepeated: false,
      known: new Set(),
    },
    around,
  );
  expect((await running.next()).value).toMatchObject({
    state: 'rejected',
    detail: expect.stringContaining('its bootstrap names config/current/scopes/web/cds.json'),
  });
});

const goes =
  (milliseconds: number, old: Answering, then: Answering): Answering =>
  (request, clock) =>
    clock.monotonic() < milliseconds ? old(request, clock) : then(request, clock);
const nobody: Answering = () => ({ state: 'absent' });
const predecessor: Answering = (request, clock) => envoy(clock, 'old', { node: 'web-default' })(request);

test('a proxy that takes the place of another one of the mesh is waited for until the other one has ended', async () => {
  const starts = goes(2_000, predecessor, goes(4_000, nobody, good));
  const { gate: end, events } = await asked({ web: starts }, false, true, 60_000, { known: ['web-default'] });
  expect(end).toMatchObject({ state: 'accepted', silent: new Map() });
  expect(events).toEqual([{ type: 'proxy', target: 'edge', id: 'web', state: 'accepted' }]);
});

test('a place that another proxy of the mesh never leaves is said after five seconds', async () => {
  const ran = await asked({ web: predecessor }, true, true, 60_000, { known: ['web-default'] });
  expect(ran.gate.state === 'accepted' && [...ran.gate.silent]).toEqual([
    ['web', { reason: 'proxy web-default still runs in its place, at web:1', isGone: false }],
  ]);
  expect(ran.time).toBeGreaterThanOrEqual(5_000);
  expect(ran.time).toBeLessThan(6_000);
});

test('before the last step nobody waits for a place, since the other proxy still has to run', async () => {
  const more = { known: ['web-default'], isLast: false };
  const { gate: end, time } = await asked({ web: predecessor }, true, true, 60_000, more);
  expect(end.state === 'accepted' && end.silent.size).toBe(1);
  expect(time).toBeLessThan(1_000);
});

test('a stranger in the place of a proxy is said at once, and not waited for', async () => {
  const { gate: end, events, time } = await asked({ web: predecessor }, true, true);
  expect(end.state === 'accepted' && end.silent.size).toBe(1);
  expect(events).toMatchObject([{ type: 'notice', message: expect.stringContaining('it is another proxy') }]);
  expect(time).toBeLessThan(1_000);
});
