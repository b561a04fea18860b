/** The processes of this machine. */
export interface Processes {
  readonly self: ProcessIdentity;
  /** Returns true if a process surely doesn't run any more; one that can't be seen from here may. */
  isGone(process: ProcessIdentity): Promise<boolean>;
}

/** A process, told from every other on its machine. */
export interface ProcessIdentity {
  readonly host: string;
  /** One start of one machine, as far as processes see each other there; absent where that can't be told. */
  readonly machine?: string;
  readonly pid: number;
  /** When it was started, in the machine's own measure: another process may get the same pid later. */
  readonly started?: string;
}
