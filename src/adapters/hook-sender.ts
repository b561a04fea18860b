import { createHmac } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { HookMessage, HookSender } from '../ports/hook-sender.ts';

const tries = 3;
/** Milliseconds that a try may take. */
const timeout = 10_000;

/** Sends messages to hooks by HTTP, signed with keys of the environment. */
export function hookSender(environment: NodeJS.ProcessEnv, clock: Clock): HookSender {
  return {
    hasSecret: (name) => (environment[name] ?? '') !== '',
    async send(message, signal) {
      for (let attempt = 1; ; attempt += 1) {
        const status = await post(message, environment, clock, signal);
        if (!isPassing(status) || attempt === tries || signal?.aborted === true) return status;
        await clock.sleep(attempt * 1000, signal);
      }
    },
  };
}

/** Returns true for an answer that another try may change (RFC 9110, section 15.6; RFC 6585, section 4). */
function isPassing(status: number | undefined): boolean {
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

async function post(
  { url, body, key, secret }: HookMessage,
  environment: NodeJS.ProcessEnv,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const signature =
    secret === undefined
      ? undefined
      : createHmac('sha256', environment[secret] ?? '')
          .update(body)
          .digest('hex');
  const answered = new AbortController();
  const late = new AbortController();
  void clock.sleep(timeout, answered.signal).then(() => {
    late.abort();
  });
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(signature !== undefined && { 'mesh-signature': `sha256=${signature}` }),
      },
      // A redirect could lead a signed message anywhere.
      redirect: 'manual',
      signal: signal === undefined ? late.signal : AbortSignal.any([late.signal, signal]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  } finally {
    answered.abort();
  }
}
