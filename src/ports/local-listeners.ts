/** Addresses of this machine, and little HTTP servers at them. */
export interface LocalListeners {
  /** Returns true if somebody listens at the address, so that nobody else can. */
  isTaken(address: ListenAddress): Promise<boolean>;
  /** Starts an HTTP server that answers every request with a line; returns undefined if somebody listens there. */
  open(
    address: ListenAddress,
    line: (method: string, path: string) => string,
  ): Promise<OpenListener | undefined>;
}

/** An IP address or a host name, and a port. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** A server that listens. */
export interface OpenListener {
  /** Number of requests since it was opened. */
  readonly requests: () => number;
  close(): void;
}
