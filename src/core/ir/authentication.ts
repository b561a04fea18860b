import type { AccessException, AccessOperation } from './access.ts';
import type { Node } from './node.ts';
import type { ServiceId } from './service-id.ts';

/** A place of a request in which a token is looked for. */
export type TokenSource =
  | { readonly type: 'header'; readonly name: string; readonly prefix: string }
  | { readonly type: 'query'; readonly name: string }
  | { readonly type: 'cookie'; readonly name: string };

export interface Issuer extends Node {
  /** Its name in the spec. */
  readonly name: string;
  /** The `iss` claim. */
  readonly issuer: string;
  /** If empty, any audience. */
  readonly audiences: readonly string[];
  readonly jwks:
    | { readonly type: 'inline'; readonly text: string }
    | { readonly type: 'uri'; readonly uri: string };
  /** At least one; `authorization: Bearer` by default. */
  readonly from: readonly TokenSource[];
  /** True if the application receives the token. */
  readonly forward: boolean;
  /** Header (lower case) → claim (path joined by dots), sorted by header. */
  readonly claimHeaders: readonly { readonly header: string; readonly claim: string }[];
}

/** A service that decides about each request before Access does. Times in milliseconds, sizes in bytes. */
export interface ExternalAuthorization extends Node {
  readonly service: ServiceId;
  readonly port: string;
  readonly protocol: 'grpc' | 'http';
  readonly timeout: number;
  readonly onError: 'deny' | 'allow';
  /** Lower case. */
  readonly includeHeaders: readonly string[];
  /** The largest body that is sent; with 0 no body is sent. */
  readonly maxBody: number;
  /** The requests that the service decides about; if absent, all. */
  readonly to?: readonly AccessOperation[];
  /** Requests that the service doesn't decide about. Not empty. */
  readonly except?: readonly AccessException[];
}

/** The check of tokens. A bad token, or a token of another issuer, is always refused (401). */
export interface Authentication extends Node {
  /** Sorted by name. */
  readonly issuers: readonly Issuer[];
  /** True if a request without a token is refused. */
  readonly required: boolean;
  readonly externalAuthorization?: ExternalAuthorization;
}
