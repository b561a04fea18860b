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
  /** Writes below what was drawn, once the terminal is given back. */
  readonly print: (text: string) => void;
  /** Names of the targets, in the order of the run. */
  readonly targets: readonly string[];
  readonly now: () => Date;
  /** Aborted when the run is asked to stop. */
  readonly signal: AbortSignal;
  readonly palette: Palette;
}

/** A view that is drawn again as events come, until `end` leaves a summary in its place and gives the terminal back. */
export interface LiveView {
  readonly show: (event: Event) => void;
  readonly end: () => Promise<void>;
}

/** Begins to draw. */
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

/** Milliseconds. Events come in bunches, and nobody reads faster. */
const drawEvery = 100;
