import { Box, Text, useWindowSize } from 'ink';
import { createElement, type ReactNode } from 'react';
import { printable } from '../../core/lib/printable.ts';
import type { Palette } from '../palette.ts';
import { frameRows } from './frame-rows.ts';
import type { Progress } from './progress.ts';

/** Content of one frame. */
export interface FrameProps {
  readonly progress: Progress;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly now: number;
  /** True if a signal asked the run to stop. */
  readonly stopping: boolean;
  readonly palette: Palette;
}

/** Returns the rows of the live view, each cut to the width of the terminal. */
export function Frame({ progress, started, now, stopping, palette }: FrameProps): ReactNode {
  const { columns, rows } = useWindowSize();
  const seconds = Math.floor((now - started) / 1000);
  const lines = frameRows(progress, seconds, stopping, { columns, rows, now, palette });
  return createElement(
    Box,
    { flexDirection: 'column', width: columns },
    lines.map((line, key) =>
      createElement(Text, { key, wrap: 'truncate-end' }, printable(line, 'text', true)),
    ),
  );
}
