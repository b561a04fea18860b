import type { HeaderMatch, PathMatch } from './match.ts';
import type { Node } from './node.ts';
import type { AddressMatch, PrincipalMatch } from './principal.ts';

/**
 * The rules about callers. If `closed`, a call passes if some allow matches and no deny does; otherwise only denies
 * count. For a gateway `closed` says that some allow exists.
 */
export interface Access {
  readonly closed: boolean;
  /** In order of their documents' names; the order has no meaning. */
  readonly allow: readonly AccessRule[];
  readonly deny: readonly AccessRule[];
}

/** A set of callers in a rule; addresses occur only at gateways. */
export type CallerMatch = PrincipalMatch | AddressMatch;

/** The rule doesn't apply to a call that fits all conditions of an exception; an absent field is no condition. */
export interface AccessException extends Node {
  readonly from?: readonly CallerMatch[];
  readonly to?: readonly AccessOperation[];
}

/**
 * A rule: `from` AND `to` AND `when` must hold and no exception; lists inside are OR; an absent field is no condition.
 */
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
  /** Lower case, without port; `*.` stands for one or more labels. */
  readonly hosts?: readonly string[];
  readonly headers?: readonly HeaderMatch[];
}

/** A valid token of this issuer (`iss`; any issuer if absent) that has all claims. */
export interface AccessCondition extends Node {
  readonly issuer?: string;
  /** A path into the claims, and values of which the claim must be, or contain, one. */
  readonly claims: readonly { readonly path: readonly string[]; readonly values: readonly string[] }[];
}
