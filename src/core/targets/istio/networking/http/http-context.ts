import type { PrincipalMatch } from '../../../../ir/principal.ts';
import type { Backend, Mirror } from '../../../../ir/route.ts';
import type { Destination, HttpRouteDestination } from '../../crds/parts.ts';
import type { Callers } from '../callers.ts';

/** The place of rules: a port inside the mesh, or a listener of a gateway. */
export interface HttpContext {
  readonly port: number;
  /** True if each rule has to ask for its own port. */
  readonly asksPort: boolean;
  readonly scheme: 'http' | 'https';
  /** Minor version of Istio. */
  readonly minor: number;
  /** Names of the host of requests, without port. */
  readonly names: readonly string[];
  /** True if preflights of allowed origins may come to the rule as ordinary requests. */
  readonly meetsPreflights?: boolean;
  /** The callers that a `from` takes, here. */
  callers(from: readonly PrincipalMatch[] | undefined): Callers;
  /** Returns the callers that may get to all of the backends; to others these are unknown. */
  admitted(backends: readonly Backend[]): Callers;
  destination(to: Backend | Mirror): Destination;
  /** Header changes by which an egress gateway is told the port of a backend. */
  mark(to: Backend): Pick<HttpRouteDestination, 'headers'>;
}
