import type { Ir } from '../../ir/ir.ts';
import type { Port, Protocol, Service } from '../../ir/service.ts';
import type { LowerContext } from '../target.ts';
import { type ConsulNames, consulNames } from './names.ts';
import { type LoweringOptions, loweringOptions } from './options.ts';

/** Data that all entries of one mesh share. */
export interface Lowering {
  readonly ir: Ir;
  readonly options: LoweringOptions;
  readonly names: ConsulNames;
}

/** A port of a service with its name in Consul. */
export interface NamedPort {
  readonly service: Service;
  readonly port: Port;
  readonly name: string;
}

export function loweringOf(ir: Ir, context: LowerContext): Lowering {
  return { ir, options: loweringOptions(context), names: consulNames(ir) };
}

/** Returns all ports of a mesh, each of which is a service of Consul. */
export function namedPorts({ ir, names }: Lowering): readonly NamedPort[] {
  return Object.values(ir.services).flatMap((service) =>
    service.ports.flatMap((port) => {
      const name = names.ofPort(service.id, port.name);
      return name === undefined ? [] : [{ service, port, name }];
    }),
  );
}

/** Returns the protocol of a port in Consul's words. */
export function consulProtocol({
  http,
  protocol,
}: {
  readonly http: boolean;
  readonly protocol: Protocol;
}): string {
  return http ? protocol : 'tcp';
}
