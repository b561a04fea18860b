/** The processes of this machine. */
export interface Processes {
  readonly self: ProcessIdentity;
  /** Returns true if a process surely doesn't run any more; false for a process that can't be seen from here. */
  isGone(process: ProcessIdentity): Promise<boolean>;
}

/** The identity of a process among all on its machine. */
export interface ProcessIdentity {
  readonly host: string;
  /** Identifies a start of a machine and a process namespace; absent if unknown. */
  readonly machine?: string;
  readonly pid: number;
  /** The start of the process in units of the machine: another process may get the same pid later. */
  readonly started?: string;
}
