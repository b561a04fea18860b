import { exit } from '../core/exit-code.ts';

const codes = { SIGINT: exit.interrupted, SIGTERM: exit.terminated } as const;

let isAwaited = false;

/** Returns true if the running command handles signals and ends by itself. */
export function isInterruptionAwaited(): boolean {
  return isAwaited;
}

/**
 * Returns a signal that the first SIGINT or SIGTERM aborts, with its exit code as the reason; a second one ends the
 * process at once. `more` are further signals that ask for the end.
 */
export function interruption(more: readonly 'SIGHUP'[] = []): AbortSignal {
  const controller = new AbortController();
  isAwaited = true;
  const all = [...Object.entries(codes), ...more.map((signal) => [signal, exit.terminated] as const)];
  for (const [signal, code] of all) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(code);
      controller.abort(code);
    });
  }
  return controller.signal;
}
