import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';
import { decision, noRoute } from './answer.ts';
import type { Arrival } from './arrival.ts';
import { checkExternal } from './external.ts';
import { notExposed } from './resolve-host.ts';
import type { Sender } from './sender.ts';
import { checkServer, type ServerCheck, stopped } from './server.ts';
import type { Portion } from './split.ts';

/** The result of the requests that a backend gets. */
export interface Reached extends ServerCheck {
  readonly portion: Portion;
}

/** Decides a request that a backend gets, by the table's rows about servers; `received` is the request after the route's
 * changes. */
export function reach(ir: Ir, sender: Sender, portion: Portion, received: Arrival): Reached {
  const { service } = portion.backend;
  const check = own(ir.services, service) ? reachService : reachExternal;
  return { portion, ...check(ir, sender, portion, received) };
}

function reachService(ir: Ir, sender: Sender, { backend, shares }: Portion, arrival: Arrival): ServerCheck {
  const service = own(ir.services, backend.service);
  const port = service?.ports.find(({ name }) => name === backend.port);
  if (service === undefined || port === undefined) return missing(backend);
  // Inside the mesh the requested service must be exposed; at a gateway only the backends are requested.
  const hidden = sender.gateway === undefined ? undefined : notExposed(service, sender.namespace);
  if (hidden !== undefined) return stopped(hidden);
  if (shares.length === 0) {
    const what = `${backend.service} has no endpoints${backend.version === undefined ? '' : ` in version ${backend.version}`}`;
    return stopped(noRoute(503, what, [decision(service.origin, what)]));
  }
  return checkServer(ir, service, { port, arrival, presented: sender.identity });
}

function reachExternal(ir: Ir, sender: Sender, { backend }: Portion, arrival: Arrival): ServerCheck {
  const external = own(ir.externals, backend.service);
  const port = external?.ports.find(({ name }) => name === backend.port);
  if (external === undefined || port === undefined) return missing(backend);
  return checkExternal(ir, external, port, sender, arrival);
}

function missing({ service, port, origin }: Portion['backend']): ServerCheck {
  const what = `there is no ${service} with a port ${port}`;
  return stopped(noRoute(404, what, [decision(origin, what)]));
}
