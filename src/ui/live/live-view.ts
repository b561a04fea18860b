import { render } from 'ink';
import { createElement } from 'react';
import type { Event } from '../../core/run/event.ts';
import type { Palette } from '../palette.ts';
import { Frame } from './frame.ts';
import { after, beginning } from './progress.ts';
import { summaryText } from './summary-text.ts';

/** Surroundings of the live view. */
export interface LiveSurroundings {
  /** The terminal that it draws on. */
  readonly screen: NodeJS.WriteStream;
  /** Writes below the view after the terminal was given back. */
  readonly print: (text: string) => void;
  /** Names of the targets, in the order of the run. */
  readonly targets: readonly string[];
  readonly now: () => Date;
  /** Aborted if a signal asks the run to stop. */
  readonly signal: AbortSignal;
  readonly palette: Palette;
}

/** A view that is redrawn when events come. `end` replaces it by a summary and gives the terminal back. */
export interface LiveView {
  readonly show: (event: Event) => void;
  readonly end: () => Promise<void>;
}

/** Returns a live view that draws at once. */
export function liveView({ screen, print, targets, now, signal, palette }: LiveSurroundings): LiveView {
  const started = now().getTime();
  let progress = beginning(targets);
  let unseen: Event[] = [];
  const frame = () =>
    createElement(Frame, {
      progress,
      started,
      now: now().getTime(),
      stopping: signal.aborted,
      palette,
    });
  const ink = render(frame(), {
    stdout: screen,
    // Ctrl-C stays a signal, so that the delivery can react to it.
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
  });
  const takeUp = () => {
    progress = after(progress, unseen);
    unseen = [];
  };
  const timer = setInterval(() => {
    takeUp();
    ink.rerender(frame());
  }, drawEvery);
  return {
    show: (event) => void unseen.push(event),
    async end() {
      clearInterval(timer);
      takeUp();
      ink.clear();
      ink.unmount();
      await ink.waitUntilExit();
      const seconds = Math.floor((now().getTime() - started) / 1000);
      print(summaryText(progress, seconds, screen.columns, palette));
    },
  };
}

/** Milliseconds between two frames: events come in groups, and nobody reads faster. */
const drawEvery = 100;
