/** The processes of this machine. */
export interface Processes {
  readonly self: ProcessIdentity;
  /** Returns true if a process has certainly ended; false for a process that can't be seen from here. */
  isGone(process: ProcessIdentity): Promise<boolean>;
}

/** The identity of a process among all on its machine. */
export interface ProcessIdentity {
  readonly host: string;
  /** Identifies a boot of a machine and a process namespace; absent if unknown. */
  readonly machine?: string;
  readonly pid: number;
  /** The start time of the process in the machine's units; it tells apart two processes with the same pid. */
  readonly started?: string;
}
