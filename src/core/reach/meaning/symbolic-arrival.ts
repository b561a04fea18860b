import type { HeaderChanges } from '../../ir/route.ts';
import type { Arrival } from '../../semantics/arrival.ts';
import type { ReceivedPath } from '../language/path-test.ts';

/**
 * A request as one proxy sees it, with names for the parts that vary: the path, the headers, the query, the method and
 * the token of the request.
 */
export interface SymbolicArrival {
  readonly port: Arrival['port'];
  readonly scheme: Arrival['scheme'];
  readonly host: string;
  readonly sni: string | undefined;
  readonly identity: string | undefined;
  /** True if the client has an address that rules can name; false if the address is not known. */
  readonly hasAddress: boolean;
  /** The received path, or a constant one. */
  readonly path: ReceivedPath | string;
  /** The changes of the headers so far. */
  readonly changes: HeaderChanges;
  /** Headers that claims write, so that their values are those of the token. */
  readonly reserved: readonly string[];
  /** False if the token was taken away. */
  readonly hasToken: boolean;
}
