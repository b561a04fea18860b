import { isSettled, type LocalPart } from '../../core/local-run/local-part.ts';
import type { Console } from '../../ports/console.ts';
import { localPartLine } from '../../ui/local-part-line.ts';
import type { Palette } from '../../ui/palette.ts';

/** Shows the state of proxies and stand-ins to people. */
export interface LocalFollower {
  readonly show: (parts: readonly LocalPart[]) => void;
  /** Gives the terminal back. */
  readonly end: () => Promise<void>;
}

/** Returns a view that prints a line when a part changes its state; with `quiet` only for parts that end. */
export function lines(
  quiet: boolean,
  hints: readonly string[],
  palette: Palette,
  console: Pick<Console, 'error'>,
): LocalFollower {
  const said = new Map<string, string>();
  let wasSettled = false;
  return {
    show(parts) {
      const gone = new Set(said.keys());
      for (const part of parts) {
        const key = `${part.target} ${part.kind} ${part.name}`;
        gone.delete(key);
        if (said.get(key) === part.state) continue;
        said.set(key, part.state);
        if (part.state !== 'starting' && (!quiet || part.state === 'ended'))
          console.error(`${part.target}: ${localPartLine(part, palette)}\n`);
      }
      for (const key of gone) said.delete(key);
      if (wasSettled || !isSettled(parts)) return;
      wasSettled = true;
      if (!quiet) for (const hint of hints) console.error(`${hint}\n`);
    },
    end: () => Promise.resolve(),
  };
}
