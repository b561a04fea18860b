import type { ServiceId } from '../ir/service-id.ts';

/**
 * The caller: a service of the mesh, a workload with this SPIFFE ID and without a proxy of the mesh, or a caller
 * without identity.
 */
export type Caller =
  | { readonly type: 'service'; readonly id: ServiceId }
  | { readonly type: 'spiffe'; readonly id: string }
  | { readonly type: 'anonymous' };

/** One call, as the caller sends it. At a gateway `from` is the client certificate's identity, if it sends one. */
export interface Request {
  readonly from: Caller;
  readonly to:
    | { readonly type: 'service'; readonly id: ServiceId }
    | { readonly type: 'gateway'; readonly id: ServiceId };
  /** Name or number of the port or listener; absent: the service's only HTTP port, else the one on 80. */
  readonly port?: string | number;
  /** As sent: case counts. Nothing reads it on tls and tcp ports. */
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  /** Raw query string without `?`; absent: none. */
  readonly query?: string;
  /** As sent in `Host`, a port included; absent: derived from `to`. */
  readonly host?: string;
  /** Name (lower case) and value, in order, repeated names kept apart. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /**
   * Address from which the client connects to a gateway; with the PROXY protocol the address in its header. Absent:
   * unknown.
   */
  readonly address?: string;
  /** TLS server name, on tls ports. */
  readonly sni?: string;
  /** Payload of a token that validates (its `iss` picks the issuer), a token that does not, or none. */
  readonly claims?: Readonly<Record<string, unknown>> | 'invalid';
}
