import { createHmac } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { HookMessage, HookSender } from '../ports/hook-sender.ts';

const tries = 3;
const timeout = 10_000;

/** Sends messages to hooks by HTTP, signed with keys of the environment. */
export function hookSender(environment: NodeJS.ProcessEnv, clock: Clock): HookSender {
  return {
    hasSecret: (name) => (environment[name] ?? '') !== '',
    async send(message) {
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        const status = await post(message, environment);
        if (status !== undefined && status < 500) return status;
        if (attempt < tries) await clock.sleep(attempt * 1000);
      }
      return undefined;
    },
  };
}

async function post(
  { url, body, key, secret }: HookMessage,
  environment: NodeJS.ProcessEnv,
): Promise<number | undefined> {
  const signature =
    secret === undefined
      ? undefined
      : createHmac('sha256', environment[secret] ?? '')
          .update(body)
          .digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(signature !== undefined && { 'mesh-signature': `sha256=${signature}` }),
      },
      // Whoever redirects a signed message could lead it anywhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
