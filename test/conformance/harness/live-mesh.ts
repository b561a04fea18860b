import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Port, ServiceId } from '../../../src/core/ir/service.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import type { Pair } from './authorities.ts';
import type { Echoes } from './echo.ts';

/** Where something listens. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** A mesh of real proxies, whatever configures them, as the harness asks it. */
export interface LiveMesh {
  /** With the addresses at which its applications and gateways listen. */
  readonly ir: Ir;
  readonly echoes: Echoes;
  /** What a proxy's TLS names beside http/1.1 (ALPN), where servers tell callers with identity by it. */
  readonly alpn?: readonly string[];
  /** A client certificate of a SPIFFE ID, signed by its trust domain's own authority. */
  certificateOf(id: string): Promise<Pair>;
  /** Where a service's application finds its own proxy for a call; `stream`: the port where that isn't HTTP. */
  outbound(caller: ServiceId, request: Request, stream: Port | undefined): Endpoint;
  /** Where the proxy of a service takes calls to a port, by name; the first port's where there is none. */
  inbound(service: ServiceId, port: string | undefined): Endpoint;
}
