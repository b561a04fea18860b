import type { ServiceId } from '../ir/service-id.ts';

/**
 * The caller: a service of the mesh, a workload with this SPIFFE ID and without a proxy of the mesh, or a caller
 * without identity.
 */
export type Caller =
  | { readonly type: 'service'; readonly id: ServiceId }
  | { readonly type: 'spiffe'; readonly id: string }
  | { readonly type: 'anonymous' };

/**
 * One call, as the caller sends it. At a gateway `from` is the identity of the client's certificate, if the client
 * sends one.
 */
export interface Request {
  readonly from: Caller;
  readonly to:
    | { readonly type: 'service'; readonly id: ServiceId }
    | { readonly type: 'gateway'; readonly id: ServiceId };
  /** Name or number of the port or listener; if absent, the service's only HTTP port, or else the port 80. */
  readonly port?: string | number;
  /** The method as sent: case counts. It isn't read on tls and tcp ports. */
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** The raw query string without `?`; absent if there is none. */
  readonly query?: string;
  /** The `Host` as sent, with its port; if absent, derived from `to`. */
  readonly host?: string;
  /** The headers in order, repeated ones one by one; names are in lower case. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /**
   * The address from which the client connects to a gateway; with the PROXY protocol, the address in its header. Absent
   * if unknown.
   */
  readonly address?: string;
  /** The server name of TLS, on tls ports. */
  readonly sni?: string;
  /**
   * The payload of a valid token (its `iss` chooses the issuer), `invalid` for a token that fails validation, absent
   * without a token.
   */
  readonly claims?: Readonly<Record<string, unknown>> | 'invalid';
}
