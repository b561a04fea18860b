import { expect, test } from 'vitest';
import { rolloutHooks } from '../../../src/commands/canary/rollout-hooks.ts';
import { beginAttempt } from '../../../src/core/canary/run/attempt.ts';
import type { Transition } from '../../../src/core/canary/run/runner-world.ts';
import type { RolloutHook } from '../../../src/core/ir/rollout.ts';
import type { HookProgram, ProgramMessage } from '../../../src/ports/hook-program.ts';
import type { HookMessage, HookSender } from '../../../src/ports/hook-sender.ts';
import { rollout } from '../../core/canary/rollouts.ts';
import { origin } from '../../core/semantics/mesh.ts';

const hook = (parts: Partial<RolloutHook> = {}): RolloutHook => ({
  origin,
  on: ['step', 'verdict', 'end'],
  url: 'https://hooks.example/T0/password',
  secret: 'HOOK_KEY',
  gate: false,
  ...parts,
});
const gate = (url = 'https://gate.example/'): RolloutHook => hook({ gate: true, url });
const record = beginAttempt(rollout(), 'judged', undefined, '2026-01-01T00:00:00.000Z');
const transition = (key: string): Transition => ({ on: 'step', key, record });

/** Returns hooks that `answers` answers for; waits of the clock end at once. */
function hooksOf(
  hooks: readonly RolloutHook[],
  answers: (message: HookMessage) => Promise<number | undefined>,
  refusal?: string,
) {
  const sent: HookMessage[] = [];
  const lost: string[] = [];
  const waits: number[] = [];
  const sender: HookSender = {
    hasSecret: () => true,
    send: (message, signal) => {
      sent.push(message);
      const given = new Promise<undefined>((resolve) => {
        signal?.addEventListener('abort', () => resolve(undefined));
      });
      return Promise.race([answers(message), given]);
    },
  };
  const clock = {
    now: () => new Date(0),
    monotonic: () => 0,
    sleep: (milliseconds: number) => {
      waits.push(milliseconds);
      return new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
  const ran: ProgramMessage[] = [];
  const program: HookProgram = {
    run: (message) => {
      ran.push(message);
      return Promise.resolve({ code: 0, said: '' });
    },
    refusal: () => Promise.resolve(refusal),
  };
  const around = { clock, signal: new AbortController().signal };
  const made = rolloutHooks(rollout({ hooks }), { sender, program, root: '/spec' }, around, (message) =>
    lost.push(message),
  );
  return { ...made, sent, lost, waits, ran };
}

test('a program that has changed since the runner began does not run', async () => {
  const command = ['./gate.sh'];
  const hooks = [{ origin, on: ['step' as const], command, gate: true }];
  const fine = hooksOf(hooks, () => never);
  expect(await fine.ask(transition('one'), true)).toBe('yes');
  expect(fine.ran.map(({ command: run }) => run)).toEqual([command]);
  const changed = hooksOf(hooks, () => never, 'it differs from the commit');
  expect(await changed.ask(transition('one'), true)).toBe('unsure');
  expect(changed.ran).toEqual([]);
});

test('the reason of a gate is told once for each answer', async () => {
  const { ask, lost } = hooksOf([gate()], () => Promise.resolve(503));
  await ask(transition('one'), true);
  await ask(transition('one'), true);
  await ask(transition('two'), true);
  expect(lost).toEqual([
    'the hook at gate.example did not answer for one (503)',
    'the hook at gate.example did not answer for two (503)',
  ]);
});

const never = new Promise<undefined>(() => undefined);

test.each([
  [[], 'yes'],
  [[200], 'yes'],
  [[204, 299], 'yes'],
  [[403], 'no'],
  [[200, 403], 'no'],
  [[undefined, 403], 'no'],
  [[401], 'unsure'],
  [[302], 'unsure'],
  [[404], 'unsure'],
  [[503], 'unsure'],
  [[200, undefined], 'unsure'],
] as const)('gates that answer %j say %s', async (statuses, answer) => {
  const gates = statuses.map((_, i) => gate(`https://gate.example/${String(i)}`));
  const { ask, sent } = hooksOf([...gates, hook()], ({ url }) =>
    Promise.resolve(statuses[Number(url.at(-1))]),
  );
  expect(await ask(transition('one'), false)).toBe(answer);
  expect(sent.map(({ body }) => (JSON.parse(body) as { gate?: boolean }).gate)).toEqual(
    statuses.map(() => true),
  );
});

test('a slow gate is asked once, and its answer counts as soon as it comes', async () => {
  let answer: (status: number) => void = () => undefined;
  const { ask, sent, waits } = hooksOf([gate()], () => new Promise((resolve) => (answer = resolve)));
  expect(await ask(transition('one'), false)).toBe('unsure');
  expect(await ask(transition('one'), false)).toBe('unsure');
  expect(waits).toEqual([3000, 3000]);
  answer(200);
  expect(await ask(transition('one'), false)).toBe('yes');
  expect(sent).toHaveLength(1);
});

test('at the deadline the runner waits for all tries of a gate', async () => {
  let answer: (status: number) => void = () => undefined;
  const { ask, waits } = hooksOf([gate()], () => new Promise((resolve) => (answer = resolve)));
  const asked = ask(transition('one'), true);
  await new Promise((resolve) => setImmediate(resolve));
  answer(200);
  expect([await asked, waits]).toEqual(['yes', []]);
});

test('a hook gets its messages in order, and a hook that is down delays no other hook', async () => {
  const answered: string[] = [];
  const { tell, close, lost, waits } = hooksOf(
    [hook(), hook({ url: 'https://down.example/T1/password' })],
    async ({ url, key }) => {
      if (url.startsWith('https://down')) return never;
      // The first message takes the longest.
      for (let i = 0; i < (key === 'one' ? 5 : 1); i += 1) await Promise.resolve();
      answered.push(key);
      return 200;
    },
  );
  tell(transition('one'));
  tell(transition('two'));
  expect(answered).toEqual([]);
  await close();
  expect(answered).toEqual(['one', 'two']);
  expect(waits).toEqual([33_000]);
  expect(lost).toEqual([
    'the hook at down.example did not take one (no answer)',
    'the hook at down.example did not take two (no answer)',
  ]);
});

test('a hook gets the transitions that it named, in JSON; no message has a key or an address', async () => {
  const { tell, close, sent, lost } = hooksOf([hook({ on: ['end'] })], () => Promise.resolve(500));
  tell(transition('one'));
  tell({ on: 'end', key: 'two', record, detail: 'v2 is promoted' });
  await close();
  expect(sent).toMatchObject([{ key: 'two', secret: 'HOOK_KEY' }]);
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    formatVersion: '1.0',
    on: 'end',
    key: 'two',
    rollout: 'shop/reviews-v2',
    from: 'v1',
    to: 'v2',
    attempt: 1,
    state: 'running',
    step: 0,
    weights: {},
    detail: 'v2 is promoted',
  });
  expect(lost).toEqual(['the hook at hooks.example did not take two (500)']);
  expect(lost.join() + (sent[0]?.body ?? '')).not.toContain('password');
});
