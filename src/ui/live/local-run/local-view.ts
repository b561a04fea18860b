import { Box, render, Text, useWindowSize } from 'ink';
import { createElement, type ReactNode } from 'react';
import { printable } from '../../../core/lib/printable.ts';
import type { LocalPart } from '../../../core/local-run/local-part.ts';
import type { Palette } from '../../palette.ts';
import { localRows } from './local-rows.ts';

/** Surroundings of the live view of `mesh up`. */
export interface LocalSurroundings {
  /** The terminal that it draws on. */
  readonly screen: NodeJS.WriteStream;
  /** Lines for people once all is settled, such as a command that calls a service. */
  readonly hints: readonly string[];
  readonly palette: Palette;
  /** Aborted when the run stops. */
  readonly signal: AbortSignal;
}

type FrameProps = Omit<LocalSurroundings, 'screen'> & { readonly parts: readonly LocalPart[] };

/** Returns the live view of `mesh up`; its last frame stays on the screen. */
export function localView({ screen, ...about }: LocalSurroundings) {
  const frame = (parts: readonly LocalPart[]) => createElement(Frame, { ...about, parts });
  let last: readonly LocalPart[] = [];
  // Ctrl-C stays a signal, so that the proxies end in order.
  const ink = render(frame([]), {
    stdout: screen,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
  });
  return {
    show(parts: readonly LocalPart[]) {
      last = parts;
      ink.rerender(frame(parts));
    },
    async end() {
      ink.rerender(frame(last));
      ink.unmount();
      await ink.waitUntilExit();
    },
  };
}

function Frame({ parts, hints, palette, signal }: FrameProps): ReactNode {
  const { columns, rows } = useWindowSize();
  const lines = localRows(parts, hints, signal.aborted, { rows, columns, palette });
  return createElement(
    Box,
    { flexDirection: 'column', width: columns },
    lines.map((line, key) =>
      createElement(Text, { key, wrap: 'truncate-end' }, printable(line, 'text', true)),
    ),
  );
}
