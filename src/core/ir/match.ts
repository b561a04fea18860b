import type { Node } from './node.ts';
import type { PrincipalMatch } from './principal.ts';

/**
 * A condition on the normalised path. `prefix` compares path elements and is stored without its trailing slash; the
 * value '' matches every path. `startsWith` compares characters. `regex` is RE2 over the bytes of UTF-8 and matches the
 * whole path.
 */
export interface PathMatch {
  readonly type: 'exact' | 'prefix' | 'startsWith' | 'regex';
  readonly value: string;
}

/** A condition on one value. `regex` is RE2 over the bytes of UTF-8 and matches the whole value. */
export type StringMatch =
  | { readonly type: 'exact' | 'prefix' | 'suffix' | 'contains' | 'regex'; readonly value: string }
  | { readonly type: 'present'; readonly value: boolean };

/**
 * A condition on one header, or with `cookie` on the cookies of that name in the header `cookie`. With `negated` it is
 * the exact opposite, which also holds if there is no such header or cookie.
 */
export interface HeaderMatch extends Node {
  /** Lower case; `cookie` for a condition on cookies. */
  readonly name: string;
  /**
   * Name of the cookies, in which case counts. Values are compared without blanks and one pair of quotes around them; a
   * `regex` never matches a `;`.
   */
  readonly cookie?: string;
  readonly match: StringMatch;
  readonly negated: boolean;
}

/** A condition on the first query parameter of this name, as sent. */
export interface QueryMatch extends Node {
  readonly name: string;
  readonly match: StringMatch;
}

/** Conditions that must all hold; an absent field is no condition. A gRPC method is stored as a path. */
export interface RouteMatch extends Node {
  readonly path?: PathMatch;
  /** Upper case. */
  readonly methods?: readonly string[];
  readonly headers: readonly HeaderMatch[];
  readonly query: readonly QueryMatch[];
  /** Callers of which one must fit. */
  readonly from?: readonly PrincipalMatch[];
  /** Number of the port: of the service inside the mesh, of the listener at a gateway. */
  readonly port?: number;
  /** Server names of TLS ports, of which one must fit; `*.` stands for one or more labels. */
  readonly sni?: readonly string[];
}
