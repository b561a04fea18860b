import type { GateAnswer, Transition } from '../../core/canary/run/runner-world.ts';
import type { Rollout, RolloutHook } from '../../core/ir/rollout.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HookSender } from '../../ports/hook-sender.ts';

/** The hooks of a Rollout, which never make a runner wait for long. */
export interface RolloutHooks {
  /** Queues a message for the hooks; each hook gets its messages in order. */
  readonly tell: (transition: Transition) => void;
  /**
   * Asks the gates. A runner that isn't late gets `unsure` after a few seconds, and the answer when it asks again with
   * the same key.
   */
  readonly ask: (transition: Transition, isLate: boolean) => Promise<GateAnswer>;
  /** Waits until the queued messages are sent, at most as long as the tries of one message take. */
  readonly close: () => Promise<void>;
}

/** Milliseconds that a runner waits for a gate before it looks at the counters again. */
const gatePatience = 3000;
/** Milliseconds of three tries and the waits between them. */
const closePatience = 33_000;

/**
 * Returns the hooks of a Rollout; `lost` gets a message for each transition that a hook did not take. A `signal` to the
 * process ends the wait for them.
 */
export function rolloutHooks(
  { hooks }: Rollout,
  sender: HookSender,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  lost: (message: string) => void,
): RolloutHooks {
  const queues = new Map<RolloutHook, Promise<void>>();
  const asked = new Map<string, Promise<GateAnswer>>();
  const ended = new AbortController();
  const send = ({ url, secret, gate }: RolloutHook, transition: Transition) => {
    const message = { url, key: transition.key, body: bodyOf(transition, gate) };
    return sender.send({ ...message, ...(secret !== undefined && { secret }) }, ended.signal);
  };
  const deliver = async (hook: RolloutHook, transition: Transition): Promise<void> => {
    const status = ended.signal.aborted ? undefined : await send(hook, transition);
    if (status !== undefined && isSuccess(status)) return;
    const { host } = new URL(hook.url);
    lost(`the hook at ${host} did not take ${transition.key} (${String(status ?? 'no answer')})`);
  };
  const answerOf = async (transition: Transition): Promise<GateAnswer> => {
    const gates = hooks.filter(({ on, gate }) => gate && on.includes(transition.on));
    const statuses = await Promise.all(gates.map((hook) => send(hook, transition)));
    if (statuses.includes(403)) return 'no';
    return statuses.every((status) => status !== undefined && isSuccess(status)) ? 'yes' : 'unsure';
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

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
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
