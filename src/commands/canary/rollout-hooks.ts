import type { GateAnswer, Transition } from '../../core/canary/run/runner-world.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import type { HookSender } from '../../ports/hook-sender.ts';

/** The hooks of a Rollout. */
export interface RolloutHooks {
  readonly tell: (transition: Transition) => Promise<void>;
  readonly ask: (transition: Transition) => Promise<GateAnswer>;
}

/** Returns the functions that tell and ask the hooks of a Rollout; `lost` gets a message for each that can't be told. */
export function rolloutHooks(
  { hooks }: Rollout,
  sender: HookSender,
  lost: (message: string) => void,
): RolloutHooks {
  const send = (url: string, secret: string | undefined, transition: Transition, gate: boolean) =>
    sender.send({
      url,
      key: transition.key,
      body: bodyOf(transition, gate),
      ...(secret !== undefined && { secret }),
    });
  return {
    async tell(transition) {
      const wanted = hooks.filter(({ on, gate }) => !gate && on.includes(transition.on));
      await Promise.all(
        wanted.map(async ({ url, secret }) => {
          const status = await send(url, secret, transition, false);
          if (status === undefined || status >= 300)
            lost(
              `the hook at ${new URL(url).host} did not take ${transition.key} (${String(status ?? 'no answer')})`,
            );
        }),
      );
    },
    async ask(transition) {
      const gates = hooks.filter(({ on, gate }) => gate && on.includes(transition.on));
      const statuses = await Promise.all(gates.map(({ url, secret }) => send(url, secret, transition, true)));
      if (statuses.includes(403)) return 'no';
      return statuses.every((status) => status !== undefined && status >= 200 && status < 300)
        ? 'yes'
        : 'unsure';
    },
  };
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
