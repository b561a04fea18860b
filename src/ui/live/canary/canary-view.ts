import { Box, render, Text, useWindowSize } from 'ink';
import { createElement, type ReactNode } from 'react';
import type { CanaryEvent } from '../../../core/canary/progress/canary-event.ts';
import { printable } from '../../../core/lib/printable.ts';
import type { Event } from '../../../core/run/event.ts';
import type { Palette } from '../../palette.ts';
import { after, beginning, type CanaryProgress } from './canary-progress.ts';
import { canaryRows } from './canary-rows.ts';

/** Surroundings of the live view of a rollout. */
export interface CanarySurroundings {
  /** The terminal that it draws on. */
  readonly screen: NodeJS.WriteStream;
  /** Writes below the view after the terminal was given back. */
  readonly print: (text: string) => void;
  readonly now: () => Date;
  /** Aborted if a signal asks the run to stop. */
  readonly signal: AbortSignal;
  readonly palette: Palette;
}

/** A live view of a rollout. `end` leaves its last frame on the screen and gives the terminal back. */
export interface CanaryView {
  readonly show: (event: CanaryEvent | Event) => void;
  readonly end: () => Promise<void>;
}

/** Returns a live view of a rollout that draws at once. */
export function canaryView({ screen, print, now, signal, palette }: CanarySurroundings): CanaryView {
  let progress = beginning;
  const frame = (): ReactNode =>
    createElement(CanaryFrame, {
      progress,
      now: now().getTime(),
      stopping: signal.aborted,
      palette,
    });
  const ink = render(frame(), {
    stdout: screen,
    // Ctrl-C stays a signal, so that the runner can stop in order.
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
  });
  const timer = setInterval(() => ink.rerender(frame()), drawEvery);
  return {
    show: (event) => {
      progress = after(progress, event, now().getTime());
    },
    async end() {
      clearInterval(timer);
      ink.clear();
      ink.unmount();
      await ink.waitUntilExit();
      const view = { columns: screen.columns, rows: Infinity, now: now().getTime(), palette };
      print(
        canaryRows(progress, false, view)
          .map((row) => `${row}\n`)
          .join(''),
      );
    },
  };
}

/** Milliseconds between two frames: readings come every few seconds, and the time left counts seconds. */
const drawEvery = 250;

interface CanaryFrameProps {
  readonly progress: CanaryProgress;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly stopping: boolean;
  readonly palette: Palette;
}

function CanaryFrame({ progress, now, stopping, palette }: CanaryFrameProps): ReactNode {
  const { columns, rows } = useWindowSize();
  const lines = canaryRows(progress, stopping, { columns, rows, now, palette });
  return createElement(
    Box,
    { flexDirection: 'column', width: columns },
    lines.map((line, key) =>
      createElement(Text, { key, wrap: 'truncate-end' }, line === '' ? ' ' : printable(line, 'text', true)),
    ),
  );
}
