import type { Palette } from '../palette.ts';

/** What rows are made for. */
export interface View {
  readonly columns: number;
  readonly rows: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly palette: Palette;
}
