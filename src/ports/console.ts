import type { Form } from '../core/lib/printable.ts';

/**
 * The streams of a command, and facts about their reader; hostile text is harmless however it is written (`printable`).
 */
export interface Console {
  /** Data, in the form of its format. */
  out(text: string, form: Form): void;
  /** Data in parts that end with a line; resolves when the last is written, or when the reader has seen enough. */
  outParts(parts: Iterable<string>, form: Form): Promise<void>;
  /** Progress, and diagnostics for people. */
  error(text: string): void;
  readonly outIsTerminal: boolean;
  /** Standard error, where it is a terminal on which lines can be drawn anew. */
  readonly liveError?: NodeJS.WriteStream;
  readonly inputIsTerminal: boolean;
  /** Columns of the terminal, 80 where there is none. */
  readonly columns: number;
  /** True if the streams may carry colours. */
  readonly outColour: boolean;
  readonly errorColour: boolean;
  /**
   * Asks a question and returns the line that the person types. Call it only if input is a terminal. Returns undefined
   * if Ctrl-C or the signal ends the question.
   */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
}
