import type { Form } from '../core/lib/printable.ts';

/**
 * The streams of a command, and facts about its terminal. All written text passes `printable`, so hostile text is
 * harmless.
 */
export interface Console {
  /** Writes data to standard output, in the form of its format. */
  out(text: string, form: Form): void;
  /**
   * Writes data in parts that end with a line; resolves when the last part is written, or when the reader has stopped.
   */
  outParts(parts: Iterable<string>, form: Form): Promise<void>;
  /** Writes progress and diagnostics for people to standard error. */
  error(text: string): void;
  readonly outIsTerminal: boolean;
  /** True if another program reads standard output, which may print it on the same terminal (`| tee log`). */
  readonly outIsPipe: boolean;
  /** Standard error if it is a terminal on which lines can be redrawn. */
  readonly liveError?: NodeJS.WriteStream;
  /**
   * Takes the keys of the terminal until the returned function is called, so that they leave no text on the screen.
   * Ctrl-C, Ctrl-Z and Ctrl-\ still send their signals. Absent if input is no terminal.
   */
  readonly takeKeys?: () => () => void;
  readonly inputIsTerminal: boolean;
  /** Columns of the terminal; without one COLUMNS, or 80. */
  readonly columns: number;
  /** True if standard output may have colours. */
  readonly outColour: boolean;
  readonly errorColour: boolean;
  /**
   * Asks a question and returns the line that the person types. Call it only if input is a terminal. Returns undefined
   * if Ctrl-C or the signal ends the question.
   */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
}
