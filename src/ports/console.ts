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
  /** One line that the person typed, after a question; only where input is a terminal. Nothing where Ctrl-C or the signal ends it. */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
}
