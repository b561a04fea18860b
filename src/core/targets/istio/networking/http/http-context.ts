import type { PrincipalMatch } from '../../../../ir/principal.ts';
import type { Backend, Mirror } from '../../../../ir/route.ts';
import type { Destination, HttpRouteDestination } from '../../crds/parts.ts';
import type { Callers } from '../callers.ts';

/** Where rules stand: at a port inside the mesh, or at a listener of a gateway. */
export interface HttpContext {
  readonly port: number;
  /** Whether each rule has to ask for its own port. */
  readonly asksPort: boolean;
  readonly scheme: 'http' | 'https';
  /** Minor version of Istio. */
  readonly minor: number;
  /** What the host of requests can be called, without port. */
  readonly names: readonly string[];
  /** Whether preflights of allowed origins may come to the rule as ordinary requests. */
  readonly meetsPreflights?: boolean;
  /** The callers that a `from` takes, here. */
  callers(from: readonly PrincipalMatch[] | undefined): Callers;
  /** Those who may get to all of the backends; to others these are unknown. */
  admitted(backends: readonly Backend[]): Callers;
  destination(to: Backend | Mirror): Destination;
  /** Header changes by which an egress gateway is told the port of a backend. */
  mark(to: Backend): Pick<HttpRouteDestination, 'headers'>;
}
