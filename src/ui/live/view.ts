import type { Palette } from '../palette.ts';

/** The size and palette that rows are made for. */
export interface View {
  readonly columns: number;
  readonly rows: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly palette: Palette;
}
