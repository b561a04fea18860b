import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';
import { failed, noRoute } from './answer.ts';
import { identify } from './caller.ts';
import { decideAtClient } from './client.ts';
import { decideDirect } from './direct.ts';
import { decideAtGateway } from './gateway.ts';
import { withoutFinalDot } from './host-name.ts';
import type { Outcome } from './outcome.ts';
import type { Request } from './request.ts';

/**
 * Returns the outcome of one request: the first row of the language page's table of outcomes that holds. It is the
 * reference for every target, for `mesh explain request` and for comparing the meaning of meshes.
 */
export function decide(ir: Ir, asked: Request): Outcome {
  const request = withoutFinalDots(asked);
  if (request.to.type === 'gateway') {
    const gateway = own(ir.gateways, request.to.id);
    if (gateway !== undefined) return decideAtGateway(ir, gateway, request);
    return failed(noRoute(404, `there is no gateway ${request.to.id}`, []));
  }
  const caller = identify(ir, request.from);
  return caller.type === 'service'
    ? decideAtClient(ir, caller.service, request)
    : decideDirect(ir, caller.identity, request);
}

function withoutFinalDots(request: Request): Request {
  const { host, sni } = request;
  return {
    ...request,
    ...(host !== undefined && { host: withoutFinalDot(host) }),
    ...(sni !== undefined && { sni: withoutFinalDot(sni) }),
  };
}
