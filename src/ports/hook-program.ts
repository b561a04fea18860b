/** A message to a program of the repository. */
export interface ProgramMessage {
  /** Absolute path of the folder that the program runs in. */
  readonly root: string;
  /** The program's path from the root and its arguments. */
  readonly command: readonly string[];
  /** JSON, for the standard input. */
  readonly body: string;
  /** The key of the transition; each try has the same key. */
  readonly key: string;
}

/** The end of a program. */
export interface ProgramEnd {
  /** Undefined if the program did not start, was killed, or took too long. */
  readonly code: number | undefined;
  /** The last line that it printed, of bounded length; empty if there is none. */
  readonly said: string;
}

/** Runs programs of the repository as hooks. */
export interface HookProgram {
  /**
   * Runs a program without a shell for at most 10 s, with its output bounded, and ends the program and its children at
   * the timeout or the signal. Never rejects.
   */
  run(message: ProgramMessage, signal?: AbortSignal): Promise<ProgramEnd>;
  /**
   * Returns the reason why a program may not run; undefined if it is an executable file of the commit that is checked out,
   * byte for byte.
   */
  refusal(root: string, program: string): Promise<string | undefined>;
}
