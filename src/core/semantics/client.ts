import type { Ir } from '../ir/ir.ts';
import type { Port, Service } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import { closed, decision, type Failure, failed, noRoute, unsafeRequest, untouched } from './answer.ts';
import { arrive, target } from './arrival.ts';
import { askedOwner, askedStreamPort, effectiveHost } from './asked-port.ts';
import { preflight } from './cors.ts';
import { notForCaller } from './external.ts';
import { followRoute } from './follow-route.ts';
import { hostName, mostSpecific } from './host-name.ts';
import type { Outcome } from './outcome.ts';
import { passedPath } from './passed-path.ts';
import type { Request } from './request.ts';
import { notExposed, resolveHost } from './resolve-host.ts';
import { serviceSender } from './sender.ts';

/**
 * Decides a call of a service of the mesh: first the client's rows at the caller's proxy, then the rows of each server.
 */
export function decideAtClient(ir: Ir, caller: Service, request: Request): Outcome {
  const owner = askedOwner(ir, request);
  const streamPort = askedStreamPort(owner, request);
  if (streamPort !== undefined) return closed(decideStream(ir, caller, request, streamPort));
  const path = passedPath(request);
  if (path === undefined) return failed(unsafeRequest(request));
  const host = effectiveHost(owner, request);
  const destination = resolveHost(ir, caller, host);
  switch (destination.type) {
    case 'nowhere':
      return failed(destination.failure);
    case 'unknown':
      return decideUnknownHost(ir, host, target({ path, query: request.query }));
    case 'port': {
      const { route, name, number } = destination.port;
      const sender = serviceSender(caller);
      const port = { name, number, http: true };
      const arrival = arrive(request, { port, scheme: 'http', path, host, identity: sender.identity });
      return preflight(route, arrival) ?? followRoute(ir, sender, route, arrival);
    }
  }
}

/**
 * Decides a call on a tls or tcp port, where no `Host` is read: the requested port decides, and SNI chooses the rule.
 */
function decideStream(ir: Ir, caller: Service, request: Request, { route, name, number }: Port): Outcome {
  const sender = serviceSender(caller);
  const port = { name, number, http: false };
  const arrival = arrive(request, { port, scheme: 'http', path: '', host: '', identity: sender.identity });
  const hidden = streamHidden(ir, caller, request.to.id, arrival.sni);
  return hidden === undefined ? followRoute(ir, sender, route, arrival) : failed(hidden);
}

/** Returns the failure of a call on a tls or tcp port that the caller may not see; undefined for other calls. */
export function streamHidden(
  ir: Ir,
  caller: Service,
  id: string,
  sni: string | undefined,
): Failure | undefined {
  const service = own(ir.services, id);
  if (service !== undefined) return notExposed(service, caller.namespace);
  const external = own(ir.externals, id);
  if (external === undefined) return undefined;
  const hidden = notForCaller(external, serviceSender(caller).identity);
  if (hidden !== undefined || sni === undefined || mostSpecific(external.hosts, sni) !== undefined)
    return hidden;
  const what = `${id} has no host ${sni}`;
  return noRoute(404, what, [decision(external.origin, what)]);
}

/** Decides a call to a host that the mesh doesn't name: the egress policy decides. */
function decideUnknownHost(ir: Ir, host: string, path: string): Outcome {
  const { name, port = '' } = hostName(host);
  const decidedBy = [decision(ir.origin, `nothing names the host ${name}, and egress is ${ir.egress}`)];
  if (ir.egress === 'deny') return failed(noRoute(404, `unknown host ${host}`, decidedBy));
  return {
    ...untouched,
    backends: [{ service: host, version: '*', share: 1 }],
    port: /^[0-9]+$/.test(port) ? Number(port) : 80,
    timeout: ir.unknownHostTimeout,
    rewritten: { path, host },
    decidedBy,
  };
}
