import type { ProcessIdentity } from './processes.ts';

/** Programs that this process starts on this machine. A program that runs ends with this process unless it is killed. */
export interface LocalPrograms {
  start(call: ProgramCall): StartedProgram;
  /** Returns the state of a process that an earlier `mesh` started; `elsewhere` for a process that can't be seen from here. */
  stateOf(process: ProcessIdentity): 'running' | 'ended' | 'elsewhere';
  /** Returns the words of the command line of a process; none if the process has ended. */
  wordsOf(process: ProcessIdentity): readonly string[];
  /** Sends SIGTERM, or SIGKILL if `now`, to a process; does nothing unless it is certainly this process. */
  end(process: ProcessIdentity, now: boolean): void;
  /**
   * Starts this command again in the background, without some of its arguments; its output is added to a file. The
   * process does not end with this one.
   */
  startDetached(without: readonly string[], log: string): StartedProgram;
}

/** A program with its arguments. Paths are absolute. */
export interface ProgramCall {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  /** The file of its output; an existing file is replaced, a link refused. */
  readonly log: string;
}

/** A program that was started. */
export interface StartedProgram {
  readonly process: ProcessIdentity;
  /** Returns why the program ended, such as `exit code 1`; undefined while it runs. */
  readonly ending: () => string | undefined;
  /** Asks the program to end, by SIGKILL if `now`. */
  readonly end: (now: boolean) => void;
}
