/** Networks of loopback addresses, so that several runs on one machine don't share an address. */
export interface LoopbackNetworks {
  /**
   * Claims a network that no other run has, and returns the beginning of its addresses, such as `127.7.`. Throws
   * PortError(1) if there is none.
   */
  claim(): Promise<string>;
  /** Lets other runs claim a network. */
  release(network: string): Promise<void>;
}
