import type { External } from '../ir/external.ts';
import type { Ir } from '../ir/ir.ts';
import { type Port, readsRequests, type Service } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import { closed, decision, failed, noRoute, unsafeRequest, untouched } from './answer.ts';
import { type Arrival, arrive, target } from './arrival.ts';
import { askedOwner, askedStreamPort, effectiveHost } from './asked-port.ts';
import { connect } from './connection.ts';
import { alsoRemoved, alsoSet } from './header-changes.ts';
import type { Forwarded, Outcome } from './outcome.ts';
import { passedPath } from './passed-path.ts';
import { carriesRequests, defaultPort, findPort } from './port.ts';
import type { Request } from './request.ts';
import { checkServer } from './server.ts';
import { spread } from './split.ts';
import { withStartedTls } from './started-tls.ts';

/**
 * Decides a call of a workload without a proxy of the mesh. No Route and no settings apply, only the server's rows, of
 * which row 0 precedes row 400. `presented` is the SPIFFE ID of the caller's certificate.
 */
export function decideDirect(ir: Ir, presented: string | undefined, request: Request): Outcome {
  const owner = askedOwner(ir, request);
  const port = directPort(owner, request);
  if (owner === undefined || port === undefined) {
    const lines = owner === undefined ? [] : [decision(owner.origin, `ports of ${owner.id}`)];
    return failed(noRoute(0, 'nothing listens there', lines));
  }
  const service = own(ir.services, owner.id);
  const http = service === undefined ? carriesRequests(port) : readsRequests(service, port);
  const connection = service === undefined ? undefined : connect(ir, service, port, presented);
  if (connection?.failure !== undefined) return failed(connection.failure);
  const path = http ? passedPath(request) : port.http ? request.path : '';
  if (path === undefined) return failed(unsafeRequest(request));
  const arrival = arrive(request, {
    port: { name: port.name, number: port.number, http },
    scheme: 'http',
    path,
    host: port.http ? effectiveHost(owner, request) : '',
    identity: undefined,
  });
  if (service === undefined) return forwarded(ir, owner, arrival);
  const outcome = decideAtServer(ir, service, port, arrival, presented);
  return http ? outcome : closed(outcome);
}

function decideAtServer(
  ir: Ir,
  service: Service,
  port: Port,
  arrival: Arrival,
  presented: string | undefined,
): Outcome {
  const check = checkServer(ir, service, { port, arrival, presented });
  if (check.failure !== undefined) return failed(check.failure);
  const sent = forwarded(ir, service, arrival);
  const outcome = { ...sent, backends: withStartedTls(ir, sent.backends, arrival.host, { direct: true }) };
  const { requestHeaders } = outcome;
  return outcome.backends.length === 0
    ? failed(noRoute(0, `${service.id} has no endpoints`, [decision(service.origin, 'no endpoints')]))
    : {
        ...outcome,
        requestHeaders: alsoRemoved(alsoSet(requestHeaders, check.headers), check.reserved),
        rateLimited: check.rateLimited,
        decidedBy: check.decidedBy,
      };
}

/** Returns the port of a connection: the requested port, the port of the `Host`, or the only possible port. */
export function directPort(owner: Service | External | undefined, request: Request): Port | undefined {
  if (owner === undefined) return undefined;
  const ports: readonly Port[] = owner.ports;
  const asked = request.port ?? /:([0-9]+)$/.exec(request.host ?? '')?.[1];
  if (asked !== undefined) return findPort(ports, asked);
  return askedStreamPort(owner, request) ?? defaultPort(ports);
}

function forwarded(ir: Ir, owner: Service | External, arrival: Arrival): Forwarded {
  return {
    ...untouched,
    backends: spread(ir, { service: owner.id, port: arrival.port.name }, 1),
    port: arrival.port.number,
    portName: arrival.port.name,
    rewritten: { path: target(arrival), host: arrival.host },
    decidedBy: [],
  };
}
