import type { BrokenRule } from './broken-rule.ts';

/** Certificates that were checked together, and the rules that they break. */
export interface Verified {
  /** The place for people: a file, an address, a proxy of a target, an authority. */
  readonly name: string;
  readonly target?: string;
  /** The identity of the leaf: a SPIFFE ID or a host name; absent for authorities. */
  readonly subject?: string;
  /** The number of certificates. */
  readonly certificates: number;
  /** The version of TLS of a handshake. */
  readonly protocol?: string;
  /** Errors come first. */
  readonly broken: readonly BrokenRule[];
}
