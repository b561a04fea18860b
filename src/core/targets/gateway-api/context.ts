import type { External } from '../../ir/external.ts';
import type { Ir } from '../../ir/ir.ts';
import { findPort } from '../../semantics/port.ts';
import type { ServiceOf } from '../gateway-api-objects/backends.ts';
import { type GatewayApiLowering, gatewayApiLowering } from '../gateway-api-objects/lowering.ts';
import { dialectOf } from './dialects.ts';
import { hostnameRef, unwritten } from './external-hosts.ts';
import type { LoweringOptions } from './options.ts';

/** Data that all objects of one mesh share. */
export interface Lowering extends GatewayApiLowering<LoweringOptions> {
  /** Returns the references for calls to one host of an External, whose own backends are that host. */
  readonly serviceOfHost: (external: External, host: string) => ServiceOf;
}

export function loweringOf(ir: Ir, options: LoweringOptions): Lowering {
  const lowering = gatewayApiLowering(ir, options, dialectOf(options));
  const refTo = (external: External | undefined, host: string | undefined, port: string) => {
    const found = external && findPort(external.ports, port);
    return found && host !== undefined ? hostnameRef(host, found.number) : undefined;
  };
  const serviceOf: ServiceOf = (backend) => {
    const external = ir.externals[backend.service];
    if (external === undefined) return lowering.serviceOf(backend);
    // Of several hosts none is meant.
    const isOne = external.hosts.length === 1 && unwritten(external, options) === undefined;
    return isOne ? refTo(external, external.hosts[0], backend.port) : undefined;
  };
  const serviceOfHost: Lowering['serviceOfHost'] = (external, host) => (backend) =>
    backend.service === external.id ? refTo(external, host, backend.port) : serviceOf(backend);
  return { ...lowering, serviceOf, serviceOfHost };
}
