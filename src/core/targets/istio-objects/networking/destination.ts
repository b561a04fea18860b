import type { External } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Backend, Mirror } from '../../../ir/route.ts';
import type { Service } from '../../../ir/service.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import type { Destination } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { egressListener } from './egress-listener.ts';
import { nowhere, subsetLabels } from './subsets.ts';

/** The caller of a backend or mirror. */
export interface Caller {
  readonly ir: Ir;
  readonly options: LoweringOptions;
  /** The gateway that routes; absent inside the mesh. A gateway's own calls don't go through itself. */
  readonly gateway?: string;
  /** The called host of an External. */
  readonly called?: string;
}

/** Returns a backend or mirror as a destination with its port, which Istio would otherwise guess. */
export function destination(to: Backend | Mirror, caller: Caller): Destination {
  const { ir, options } = caller;
  const service = ir.services[to.service];
  if (service !== undefined) return inMesh(service, to, options);
  const external = ir.externals[to.service];
  return external === undefined ? { host: hostOf(to.service) } : outside(external, to, caller);
}

function inMesh(service: Service, to: Backend | Mirror, options: LoweringOptions): Destination {
  const version = service.versions.find(({ name }) => name === to.version);
  const labels = version && subsetLabels(service, version, options);
  const number = service.ports.find(({ name }) => name === to.port)?.number;
  return {
    host: hostOf(service.id),
    ...(version && labels && { subset: version.name }),
    ...portOf(number),
  };
}

function outside(external: External, to: Backend | Mirror, { ir, gateway, called }: Caller): Destination {
  const port = external.ports.find(({ name }) => name === to.port);
  const host = calledHost(external, called);
  const hop = external.gateway === undefined ? undefined : ir.gateways[external.gateway];
  if (hop === undefined || hop.id === gateway) return { host, ...portOf(port?.number) };
  const listener = port && egressListener(hop, external, port);
  // No listener accepts these calls: they lead nowhere, and in particular not past the gateway.
  if (listener === undefined) return { host, subset: nowhere.name, ...portOf(port?.number) };
  return { host: hostOf(hop.id), port: { number: listener.port } };
}

function portOf(number: number | undefined): Pick<Destination, 'port'> {
  return { port: number === undefined ? {} : { number } };
}

/**
 * Returns an exact host of an External with fixed addresses, whose hosts are one destination; for other Externals, the
 * called host.
 */
export function calledHost({ addresses, hosts }: External, called?: string): string {
  const exact = hosts.find((host) => !host.startsWith('*')) ?? hosts[0] ?? '';
  return addresses.length > 0 ? exact : (called ?? exact);
}
