import type { Ir } from '../../ir/ir.ts';
import type { Port } from '../../ir/service.ts';
import type { ServiceId } from '../../ir/service-id.ts';
import type { Request } from '../../semantics/request.ts';

/** A listening address. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** A PEM certificate chain, leaf first, and its PEM key. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** A mesh of running proxies that can be sent requests. */
export interface ReachableMesh {
  /** The linked mesh with the addresses at which its applications and gateways listen. */
  readonly ir: Ir;
  /** ALPN protocols of a proxy's TLS in addition to http/1.1, if servers recognise callers with an identity by them. */
  readonly alpn?: readonly string[];
  /** Returns a client certificate of a SPIFFE ID, signed by its trust domain's own authority. */
  certificateOf(id: string): Promise<Pair>;
  /**
   * Returns the address at which a service's application reaches its own proxy for a call; `stream` is the port if it
   * isn't HTTP.
   */
  outbound(caller: ServiceId, request: Request, stream: Port | undefined): Endpoint;
  /**
   * Returns the address at which the proxy of a service accepts calls to a port, by name; without a name, to the first
   * port.
   */
  inbound(service: ServiceId, port: string | undefined): Endpoint;
}
