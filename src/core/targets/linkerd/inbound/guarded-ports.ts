import type { Ir } from '../../../ir/ir.ts';
import type { Principal } from '../../../ir/principal.ts';
import { mtlsOf } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { type PodPort, podPorts } from '../../kubernetes-objects/pod-ports.ts';
import { type PortAccess, portAccess } from './port-access.ts';

/** A port of pods that one Server guards; Linkerd allows only one Server for a port of a pod. */
export interface GuardedPort extends PodPort {
  /** Undefined if several ports of the spec are this port and differ; nobody gets in then. */
  readonly access: PortAccess | undefined;
}

/** Returns the ports of pods, each with its access. */
export function guardedPorts(ir: Ir): readonly GuardedPort[] {
  const accounts = [...Object.values(ir.services), ...Object.values(ir.gateways)].map(
    ({ workload }) => workload.principal,
  );
  return podPorts(ir).map((own) => ({ ...own, access: commonAccess(own.ports, accounts) }));
}

function commonAccess(ports: PodPort['ports'], accounts: readonly Principal[]): PortAccess | undefined {
  const made = ports.map(({ service, port }) => portAccess(service, port, accounts));
  const [first] = made;
  const said = new Set(
    ports.map(({ service, port }, index) =>
      canonicalJson([
        service.workload.labels,
        port.protocol,
        mtlsOf(service, port),
        JSON.stringify(made[index]?.permissions),
      ]),
    ),
  );
  return said.size === 1 ? first : undefined;
}
