import type { PrincipalMatch } from '../../../../ir/principal.ts';
import type { Backend, Mirror } from '../../../../ir/route.ts';
import type { Destination, HttpRouteDestination } from '../../crds/parts.ts';
import type { Callers } from '../callers.ts';

/** The place of rules: a port inside the mesh, or a listener of a gateway. */
export interface HttpContext {
  readonly port: number;
  /** True if each rule needs a condition on its own port. */
  readonly asksPort: boolean;
  readonly scheme: 'http' | 'https';
  /** Minor version of Istio. */
  readonly minor: number;
  /** Host names of the requests, without ports. */
  readonly names: readonly string[];
  /** True if preflights from allowed origins may match the rule as ordinary requests. */
  readonly meetsPreflights?: boolean;
  /** Returns the callers of a `from` at this place. */
  callers(from: readonly PrincipalMatch[] | undefined): Callers;
  /** Returns the callers that may call all of the backends; for others these don't exist. */
  admitted(backends: readonly Backend[]): Callers;
  destination(to: Backend | Mirror): Destination;
  /** Returns header changes that tell an egress gateway the port of a backend. */
  mark(to: Backend): Pick<HttpRouteDestination, 'headers'>;
}
