import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import type { Lease } from '../../../src/core/lock/lease.ts';
import type { LockPlace } from '../../../src/core/lock/lock-place.ts';
import type { LockRecord } from '../../../src/core/lock/lock-record.ts';
import { type Taken, type Taker, takeLock } from '../../../src/core/lock/take-lock.ts';
import { DirectoryLock } from '../../../src/core/outputs/directory/directory-lock.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Directory } from '../../../src/ports/directory.ts';
import type { Processes } from '../../../src/ports/processes.ts';

const second = 1000;

/** A machine whose clock advances only on demand and wakes each sleeper at its time. */
class Machine {
  wall = Date.parse('2026-01-01T00:00:00Z');
  running = 0;
  /** Takings of a lock on this machine that have ended. */
  ended = 0;
  dead = new Set<number>();
  private sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  readonly clock: Clock = {
    now: () => new Date(this.wall),
    monotonic: () => this.running,
    sleep: (time, signal) =>
      new Promise((wake) => {
        this.sleepers.push({ until: this.running + time, wake });
        signal?.addEventListener('abort', () => wake());
        if (signal?.aborted) wake();
      }),
  };

  process(pid: number, host = 'here'): Processes {
    const machine = host === 'here' ? 'boot/pids' : `${host}/pids`;
    return {
      self: { host, machine, pid, started: String(pid) },
      isGone: (other) => Promise.resolve(other.machine === machine && this.dead.has(other.pid)),
    };
  }

  /**
   * Advances in small steps. Between two steps each woken sleeper does its work on the real file system, until it sleeps
   * again or its taking has ended; a second is more than this takes.
   */
  async pass(time: number): Promise<void> {
    for (let gone = 0; gone < time; gone += 100) {
      this.running += 100;
      this.wall += 100;
      const awaited = this.sleepers.length + this.ended;
      const due = this.sleepers.filter(({ until }) => until <= this.running);
      this.sleepers = this.sleepers.filter(({ until }) => until > this.running);
      for (const { wake } of due) wake();
      const end = performance.now() + second;
      do await new Promise((done) => setTimeout(done, 0));
      while (this.sleepers.length + this.ended < awaited && performance.now() < end);
    }
  }
}

async function output(): Promise<Directory> {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-lock-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return outputDirectory(root, 'out');
}

function taker(id: string, more: Partial<Taker> = {}): Taker {
  return {
    id,
    holder: `${id}@here`,
    tool: 'mesh/0',
    command: 'apply',
    ttl: 30 * second,
    usedEpoch: 0,
    ...more,
  };
}

function take(
  directory: Directory,
  machine: Machine,
  wanted: Taker,
  processes: Processes,
  watched: string[] = [],
  place: LockPlace = new DirectoryLock(directory),
): Promise<Taken> {
  const onWatch = (): void => void watched.push(wanted.id);
  return takeLock(place, wanted, {
    clock: machine.clock,
    processes,
    signal: new AbortController().signal,
    onWatch,
  }).finally(() => {
    machine.ended += 1;
  });
}

function leaseOf(taken: Taken): Lease {
  if (taken.state !== 'taken') throw new Error(`not taken: ${taken.state}`);
  onTestFinished(() => taken.lease.release());
  return taken.lease;
}

/** Returns the directory as the holder of a lease writes to it. */
const guarded = (directory: Directory, lease: Lease): Directory => directory.guarded(() => lease.permit());

/** Returns the record of the first lock of a directory. */
const recordIn = (directory: Directory): LockRecord =>
  JSON.parse(readFileSync(path.join(directory.path, '.mesh/lock.1'), 'utf8')) as LockRecord;

const locks = (directory: Directory): readonly string[] =>
  readdirSync(path.join(directory.path, '.mesh')).sort();

test('each taking raises the epoch, and only one lock file exists at a time', async () => {
  const [directory, machine] = [await output(), new Machine()];
  for (const epoch of [1, 2, 3]) {
    const lease = leaseOf(await take(directory, machine, taker('a'), machine.process(1)));
    expect(lease.epoch).toBe(epoch);
    expect(locks(directory)).toEqual([`lock.${epoch}`]);
    await lease.release();
  }
  expect(
    leaseOf(await take(directory, machine, taker('b', { usedEpoch: 9 }), machine.process(1))).epoch,
  ).toBe(10);
});

test('one of many concurrent runs gets the lock', async () => {
  const [directory, machine] = [await output(), new Machine()];
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, i) => take(directory, machine, taker(`r${i}`), machine.process(i + 1))),
  );
  for (const one of all) if (one.state === 'taken') leaseOf(one);
  expect(all.filter(({ state }) => state === 'taken')).toHaveLength(1);
  expect(all.filter(({ state }) => state === 'held')).toHaveLength(19);
});

test('a lock with a heartbeat is not taken, and its holder is named at once', async () => {
  const [directory, machine] = [await output(), new Machine()];
  leaseOf(await take(directory, machine, taker('a'), machine.process(1)));
  await machine.pass(25 * second);
  const watched: string[] = [];
  const other = await take(directory, machine, taker('b'), machine.process(2), watched);
  expect(other).toMatchObject({
    state: 'held',
    by: { record: { id: 'a', holder: 'a@here', process: { pid: 1 } } },
  });
  expect(watched).toEqual([]);
});

test('a process of the same machine that has ended holds no lock', async () => {
  const [directory, machine] = [await output(), new Machine()];
  leaseOf(await take(directory, machine, taker('a'), machine.process(1)));
  machine.dead.add(1);
  const other = await take(directory, machine, taker('b'), machine.process(2));
  expect(other).toMatchObject({ state: 'taken', over: { record: { id: 'a' } } });
  expect(leaseOf(other).epoch).toBe(2);
});

test.each([
  ['if it stays unchanged for its ttl, it is taken over, but not before', false, 'taken'],
  ['if it changes meanwhile, it is held', true, 'held'],
])(
  'from another host a lock is watched: %s',
  async (_, beats, expected) => {
    const [directory, machine, there] = [await output(), new Machine(), new Machine()];
    leaseOf(await take(directory, there, taker('a'), there.process(1, 'there')));
    const watched: string[] = [];
    let ended: Taken | undefined;
    const waiting = take(directory, machine, taker('b'), machine.process(2), watched).then((taken) => {
      ended = taken;
      return taken;
    });
    await vi.waitFor(() => expect(watched).toEqual(['b']), { timeout: 30_000 });
    // The wall clock has no effect.
    machine.wall += 3600 * second;
    await machine.pass(29 * second);
    expect(ended).toBeUndefined();
    if (beats) await there.pass(11 * second);
    await machine.pass(2 * second);
    const taken = await waiting;
    expect(taken.state).toBe(expected);
    if (taken.state === 'taken') leaseOf(taken);
  },
  60_000,
);

test('--force-unlock takes over only the lock that it names', async () => {
  const [directory, machine] = [await output(), new Machine()];
  const first = leaseOf(await take(directory, machine, taker('a'), machine.process(1)));
  expect((await take(directory, machine, taker('b', { force: 'x' }), machine.process(2))).state).toBe('held');
  const second = leaseOf(await take(directory, machine, taker('b', { force: 'a' }), machine.process(2)));
  await expect(guarded(directory, first).replaceFile('x', 'x')).rejects.toThrow('taken over by another run');
  await guarded(directory, second).replaceFile('x', 'x');
  await first.release();
  await expect(second.permit()).resolves.toBeGreaterThan(0);
});

test.each([
  ['sleeps, so that only the wall clock runs', { running: 0, wall: 31 * second }],
  [
    'works on while its wall clock is set back, so that only the monotonic clock is right',
    { running: 31 * second, wall: -3600 * second },
  ],
])('nothing is written under a lease that may have expired, if the machine %s', async (_, jump) => {
  const [directory, machine] = [await output(), new Machine()];
  const lease = leaseOf(await take(directory, machine, taker('a'), machine.process(1)));
  await guarded(directory, lease).replaceFile('before', 'x');
  machine.running += jump.running;
  machine.wall += jump.wall;
  await expect(guarded(directory, lease).replaceFile('after', 'x')).rejects.toMatchObject({ exitCode: 6 });
  expect(await directory.read('after')).toBeUndefined();
  // The lease stays lost, whatever the clocks show later.
  machine.wall -= jump.wall;
  await expect(lease.permit()).rejects.toThrow('not renewed');
});

test.each([
  ['16 s are left, for a write may take 15 s', 14, 0],
  ['15 s are left: it is renewed first', 15, 1],
  ['1 s is left: it is renewed first', 29, 1],
])('a lease outlasts a write that begins when %s', async (_, gone, beats) => {
  const [directory, machine] = [await output(), new Machine()];
  const lease = leaseOf(await take(directory, machine, taker('a'), machine.process(1)));
  machine.running += gone * second;
  machine.wall += gone * second;
  await guarded(directory, lease).replaceFile('x', 'x');
  expect(recordIn(directory).beat).toBe(beats);
  await expect(lease.permit()).resolves.toBe(15 * second);
});

describe('a place that takes long to renew a lease', () => {
  const slowLease = async (seconds: number) => {
    const [directory, machine] = [await output(), new Machine()];
    const place = new DirectoryLock(directory);
    const renewals: Promise<void>[] = [];
    const slow: LockPlace = {
      epochs: () => place.epochs(),
      read: (epoch) => place.read(epoch),
      create: (epoch, text) => place.create(epoch, text),
      removeBefore: (epoch) => place.removeBefore(epoch),
      place: (epoch) => place.place(epoch),
      replace: (epoch, text) => {
        machine.running += seconds * second;
        machine.wall += seconds * second;
        const renewal = place.replace(epoch, text);
        renewals.push(renewal);
        return renewal;
      },
    };
    const lease = leaseOf(await take(directory, machine, taker('a'), machine.process(1), [], slow));
    machine.running += 14 * second;
    machine.wall += 14 * second;
    return { directory, machine, lease, renewals };
  };

  test('is waited for if enough is left after it', async () => {
    const { machine, lease, renewals } = await slowLease(13);
    machine.running += 2 * second;
    await expect(lease.permit()).resolves.toBe(15 * second);
    expect(renewals).toHaveLength(1);
  });

  test('gets no write, and the lock is given back', async () => {
    const { directory, machine, lease, renewals } = await slowLease(15.5);
    machine.running += second;
    await expect(guarded(directory, lease).replaceFile('x', 'x')).rejects.toMatchObject({
      exitCode: 6,
      message: expect.stringMatching(/14\.5 s left after 2 renewals.* 15 s: .*--lock-ttl/) as string,
    });
    expect(renewals).toHaveLength(2);
    expect(await directory.read('x')).toBeUndefined();
    await lease.release();
    expect(recordIn(directory).released).toBe(true);
  });

  test('is asked once for all writes that wait for it', async () => {
    const { machine, lease, renewals } = await slowLease(1);
    machine.running += 2 * second;
    await Promise.all(Array.from({ length: 8 }, () => lease.permit()));
    expect(renewals).toHaveLength(1);
  });
});

test('an unreadable lock is watched like any other', async () => {
  const [directory, machine] = [await output(), new Machine()];
  await directory.replaceFile('.mesh/lock.7', 'torn');
  const watched: string[] = [];
  const waiting = take(directory, machine, taker('a'), machine.process(1), watched);
  await vi.waitFor(() => expect(watched).toEqual(['a']), { timeout: 30_000 });
  await machine.pass(31 * second);
  expect(leaseOf(await waiting).epoch).toBe(8);
}, 60_000);
