import type { Ir } from '../ir/ir.ts';
import type { Header } from '../ir/route.ts';
import { type Port, readsRequests, type Service } from '../ir/service.ts';
import { checkAccess } from './access.ts';
import type { Failure } from './answer.ts';
import type { Arrival } from './arrival.ts';
import { checkToken } from './authentication.ts';
import { connect } from './connection.ts';
import { withClaims } from './header-changes.ts';
import { serviceLimits } from './limits.ts';
import type { Decision, Forwarded } from './outcome.ts';

/** The result of a server's rows. */
export interface ServerCheck {
  readonly failure?: Failure;
  readonly decidedBy: readonly Decision[];
  /** Headers that the application receives in addition to the request's own. */
  readonly headers: readonly Header[];
  /** Headers that a caller may not write. */
  readonly reserved: readonly string[];
  readonly rateLimited: Forwarded['rateLimited'];
}

/** The result of a check that lets the request pass and adds no line. */
export const passed: ServerCheck = { decidedBy: [], headers: [], reserved: [], rateLimited: [] };

/** Returns the result of a row that refuses the request. */
export function stopped(failure: Failure): ServerCheck {
  return { ...passed, failure };
}

/** A call as a server receives it; `presented` is the SPIFFE ID of the caller's certificate. */
export interface Delivery {
  readonly port: Port;
  readonly arrival: Arrival;
  readonly presented: string | undefined;
}

/** Decides by the server's rows for one port of a service: connection, token, access. */
export function checkServer(ir: Ir, service: Service, { port, arrival, presented }: Delivery): ServerCheck {
  const connection = connect(ir, service, port, presented);
  if (connection.failure !== undefined) return stopped(connection.failure);
  const http = readsRequests(service, port);
  const token = checkToken(http ? service.authentication : undefined, arrival.claims);
  if (token.failure !== undefined) return stopped(token.failure);
  const { identity } = connection;
  const headers = withClaims(arrival.headers, token);
  const received = { ...arrival, headers, port: { name: port.name, number: port.number, http }, identity };
  const access = checkAccess(service.access, service, received, token.token);
  if (access.failure !== undefined)
    return stopped(port.http && !http ? closing(access.failure) : access.failure);
  const rateLimited = http ? serviceLimits(service) : [];
  return { decidedBy: access.decidedBy, headers: token.headers, reserved: token.reserved, rateLimited };
}

/**
 * Returns the failure on a port where the server only sees connections: it closes them, so the routing proxy has no
 * answer to pass on.
 */
function closing(failure: Failure): Failure {
  return { ...failure, status: 503 };
}
