import { rmSync } from 'node:fs';
import { isInterruptionAwaited } from './interruption.ts';

const codes = { SIGINT: 130, SIGTERM: 143 } as const;
const paths = new Set<string>();

/**
 * Has a file or folder that is made only on the way removed if a signal ends the process before `forget` is called. Who
 * waits for signals (`interruption`) ends by itself and is not ended here.
 */
export function leftover(path: string): { readonly forget: () => void } {
  if (paths.size === 0) listen('on');
  paths.add(path);
  return {
    forget: () => {
      paths.delete(path);
      if (paths.size === 0) listen('off');
    },
  };
}

/** Without anything to remove signals end the process as they end any, at once. */
function listen(change: 'on' | 'off'): void {
  process[change]('SIGINT', onInterrupt);
  process[change]('SIGTERM', onTerminate);
  process[change]('exit', remove);
}

function onInterrupt(): void {
  if (!isInterruptionAwaited()) process.exit(codes.SIGINT);
}

function onTerminate(): void {
  if (!isInterruptionAwaited()) process.exit(codes.SIGTERM);
}

function remove(): void {
  for (const path of paths) {
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // A thread may still write there: what is left has a name that nothing reads.
    }
  }
}
