import type { HeaderMatch, PathMatch } from './match.ts';
import type { Node } from './node.ts';
import type { AddressMatch, PrincipalMatch } from './principal.ts';

/**
 * The callers that may call. On a closed one a call passes when some allow matches and no deny does; on an open one
 * only denies count. For a gateway `closed` says that some allow exists.
 */
export interface Access {
  readonly closed: boolean;
  /** In order of their documents' names; it means nothing. */
  readonly allow: readonly AccessRule[];
  readonly deny: readonly AccessRule[];
}

/** A set of callers of a rule; addresses only at gateways. */
export type CallerMatch = PrincipalMatch | AddressMatch;

/** A call that fits all that is said here is none of the rule's; what is absent is no condition. */
export interface AccessException extends Node {
  readonly from?: readonly CallerMatch[];
  readonly to?: readonly AccessOperation[];
}

/** from AND to AND when, but for the exceptions; lists inside are OR; what is absent is no condition. */
export interface AccessRule extends Node {
  readonly from?: readonly CallerMatch[];
  readonly to?: readonly AccessOperation[];
  readonly when?: readonly AccessCondition[];
  /** Not empty. */
  readonly except?: readonly AccessException[];
}

/** Conditions on the call as the server receives it, all of which must hold. */
export interface AccessOperation extends Node {
  /** Names of ports (of listeners at a gateway). */
  readonly ports?: readonly string[];
  /** Upper case. */
  readonly methods?: readonly string[];
  readonly paths?: readonly PathMatch[];
  /** Lower case, without port; `*.` is one or more labels. */
  readonly hosts?: readonly string[];
  readonly headers?: readonly HeaderMatch[];
}

/** A valid token of this issuer (`iss`; absent: any) that has all claims. */
export interface AccessCondition extends Node {
  readonly issuer?: string;
  /** A path into the claims and the values of which one must be equal or contained. */
  readonly claims: readonly { readonly path: readonly string[]; readonly values: readonly string[] }[];
}
