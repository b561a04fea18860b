import { rmSync } from 'node:fs';
import { exit } from '../core/exit-code.ts';
import { isInterruptionAwaited } from './interruption.ts';

const codes = { SIGINT: exit.interrupted, SIGTERM: exit.terminated } as const;
const paths = new Map<string, Stop>();

/** Ends the writer of a path. */
type Stop = () => Promise<unknown>;

/**
 * Registers a temporary file or folder: a signal that ends the process before `forget` is called removes it. `stop`
 * ends a thread that writes there. A command that handles signals (`interruption`) ends by itself, so nothing is
 * removed for it here.
 */
export function leftover(
  path: string,
  stop: Stop = () => Promise.resolve(),
): { readonly forget: () => void } {
  if (paths.size === 0) listen('on');
  paths.set(path, stop);
  return {
    forget: () => {
      paths.delete(path);
      if (paths.size === 0) listen('off');
    },
  };
}

/** Listens for signals only while there is something to remove; otherwise signals end the process at once. */
function listen(change: 'on' | 'off'): void {
  process[change]('SIGINT', onInterrupt);
  process[change]('SIGTERM', onTerminate);
  process[change]('exit', remove);
}

function onInterrupt(): void {
  end(codes.SIGINT);
}

function onTerminate(): void {
  end(codes.SIGTERM);
}

let isEnding = false;

/** Ends the writers first, since they could make removed files again; a second signal doesn't wait for them. */
function end(code: number): void {
  if (isInterruptionAwaited()) return;
  if (isEnding) process.exit(code);
  isEnding = true;
  void Promise.allSettled([...paths.values()].map((stop) => stop())).then(() => process.exit(code));
}

function remove(): void {
  for (const path of paths.keys()) {
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // A leftover that can't be removed has a name that no code reads.
    }
  }
}
