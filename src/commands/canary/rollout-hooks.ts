import type { GateAnswer, Transition } from '../../core/canary/run/runner-world.ts';
import type { Rollout, RolloutHook } from '../../core/ir/rollout.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HookProgram } from '../../ports/hook-program.ts';
import type { HookSender } from '../../ports/hook-sender.ts';

/** The hooks of a Rollout. A call returns within seconds, so that a slow hook delays no runner. */
export interface RolloutHooks {
  /** Queues a message for the hooks; each hook gets its messages in order. */
  readonly tell: (transition: Transition) => void;
  /**
   * Asks the gates. Unless the runner is late, returns `unsure` after a few seconds; a later call with the same key
   * returns the answer.
   */
  readonly ask: (transition: Transition, isLate: boolean) => Promise<GateAnswer>;
  /** Waits until the queued messages are sent, but no longer than all tries of one message take. */
  readonly close: () => Promise<void>;
}

/** The ports that reach hooks; `root` is the folder of the spec, in which programs run. */
export interface HookReach {
  readonly sender: HookSender;
  readonly program: HookProgram;
  readonly root: string;
}

/** Milliseconds that a runner waits for a gate before it looks at the counters again. */
const gatePatience = 3000;
/** Milliseconds that three tries and the waits between them take. */
const closePatience = 33_000;

/**
 * Returns the hooks of a Rollout; `lost` gets a message for each transition that a hook did not take. A `signal` to the
 * process ends the wait for hooks.
 */
export function rolloutHooks(
  { hooks }: Rollout,
  reach: HookReach,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  lost: (message: string) => void,
): RolloutHooks {
  const queues = new Map<RolloutHook, Promise<void>>();
  const asked = new Map<string, Promise<GateAnswer>>();
  const ended = new AbortController();
  const send = (hook: RolloutHook, transition: Transition): Promise<HookAnswer> =>
    sendTo(hook, transition, reach, ended.signal);
  const deliver = async (hook: RolloutHook, transition: Transition): Promise<void> => {
    const { answer, why } = ended.signal.aborted
      ? ({ answer: 'unsure', why: 'no answer' } as const)
      : await send(hook, transition);
    if (answer === 'yes') return;
    lost(`the hook ${placeOf(hook)} did not take ${transition.key} (${why})`);
  };
  const told = new Set<string>();
  const answerOfOne = async (hook: RolloutHook, transition: Transition): Promise<GateAnswer> => {
    const { answer, why } = await send(hook, transition);
    const what = answer === 'no' ? 'refused' : 'did not answer for';
    const message = `the hook ${placeOf(hook)} ${what} ${transition.key} (${why})`;
    // A gate is asked again as long as it is unsure.
    if (answer !== 'yes' && !ended.signal.aborted && !told.has(message)) lost(message);
    told.add(message);
    return answer;
  };
  const answerOf = async (transition: Transition): Promise<GateAnswer> => {
    const gates = hooks.filter(({ on, gate }) => gate && on.includes(transition.on));
    const answers = await Promise.all(gates.map((hook) => answerOfOne(hook, transition)));
    if (answers.includes('no')) return 'no';
    return answers.every((answer) => answer === 'yes') ? 'yes' : 'unsure';
  };
  return {
    tell(transition) {
      for (const hook of hooks.filter(({ on, gate }) => !gate && on.includes(transition.on)))
        queues.set(
          hook,
          (queues.get(hook) ?? Promise.resolve()).then(() => deliver(hook, transition)),
        );
    },
    async ask(transition, isLate) {
      const { key } = transition;
      const answering = asked.get(key) ?? answerOf(transition);
      asked.set(key, answering);
      const answer = isLate ? await answering : await within(answering, gatePatience, clock, signal);
      if (answer !== undefined) asked.delete(key);
      return answer ?? 'unsure';
    },
    async close() {
      await within(Promise.all(queues.values()), closePatience, clock, signal);
      ended.abort();
      await Promise.all(queues.values());
    },
  };
}

/** The answer of one hook, and its words for people. */
interface HookAnswer {
  readonly answer: GateAnswer;
  readonly why: string;
}

async function sendTo(
  { url, command, secret, gate }: RolloutHook,
  transition: Transition,
  { sender, program, root }: HookReach,
  signal: AbortSignal,
): Promise<HookAnswer> {
  const message = { key: transition.key, body: bodyOf(transition, gate) };
  if (command !== undefined) {
    // A rollout takes hours: the program may have changed since the runner began.
    const refusal = await program.refusal(root, command[0] ?? '');
    if (refusal !== undefined) return { answer: 'unsure', why: refusal };
    const { code, said } = await program.run({ ...message, root, command }, signal);
    const words = [code === undefined ? 'it was ended' : `exit code ${String(code)}`, said];
    return { answer: programAnswer(code), why: words.filter((one) => one !== '').join(': ') };
  }
  const signed = { ...message, url: url ?? '', ...(secret !== undefined && { secret }) };
  const status = await sender.send(signed, signal);
  return { answer: httpAnswer(status), why: String(status ?? 'no answer') };
}

function httpAnswer(status: number | undefined): GateAnswer {
  if (status === 403) return 'no';
  return status !== undefined && status >= 200 && status < 300 ? 'yes' : 'unsure';
}

function programAnswer(code: number | undefined): GateAnswer {
  if (code === 1) return 'no';
  return code === 0 ? 'yes' : 'unsure';
}

/** Names a hook: addresses may hold passwords, so only the host is named. */
export function placeOf({ url, command }: Pick<RolloutHook, 'url' | 'command'>): string {
  return command === undefined ? `at ${new URL(url ?? '').host}` : (command[0] ?? '');
}

/** Returns the value of a promise; undefined if it takes longer, or if the signal comes first. */
async function within<T>(
  promise: Promise<T>,
  milliseconds: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<T | undefined> {
  const done = new AbortController();
  const late = clock.sleep(milliseconds, AbortSignal.any([done.signal, signal])).then(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    done.abort();
  }
}

function bodyOf({ on, key, record, detail, verdict }: Transition, gate: boolean): string {
  const { rollout, from, to, attempt, state, step, weights } = record;
  return JSON.stringify({
    formatVersion: '1.0',
    on,
    key,
    ...(gate && { gate }),
    ...{ rollout, from, to, attempt, state, step: step + 1, weights },
    ...(detail !== undefined && { detail }),
    ...(verdict && { verdict: { verdict: verdict.verdict, at: verdict.at, ...verdict.reason } }),
  });
}
