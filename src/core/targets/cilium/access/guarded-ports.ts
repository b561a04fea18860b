import type { Ir } from '../../../ir/ir.ts';
import { mtlsOf } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { type PodPort, podPorts } from '../../kubernetes-objects/pod-ports.ts';
import { keyOf } from './callers.ts';
import { type PortAccess, portAccess } from './port-access.ts';

/** A port of pods, whose access is that of all its ports of the spec. */
export interface GuardedPort extends PodPort {
  /** Undefined if several ports of the spec are this port and differ; nobody gets in then. */
  readonly access: PortAccess | undefined;
}

/** Returns the ports of pods, each with its access. */
export function guardedPorts(ir: Ir): readonly GuardedPort[] {
  return podPorts(ir).map((own) => ({ ...own, access: commonAccess(own, ir) }));
}

function commonAccess({ ports }: PodPort, ir: Ir): PortAccess | undefined {
  const made = ports.map(({ service, port }) => ({
    access: portAccess(service, port, ir),
    labels: canonicalJson(service.workload.labels),
    mode: mtlsOf(service, port),
    http: port.http,
  }));
  const texts = made.map(({ access: { permissions, refused }, ...rest }) =>
    canonicalJson([
      rest,
      keyOf(refused),
      permissions.map(({ callers, operations }) => [keyOf(callers), operations]),
    ]),
  );
  return new Set(texts).size === 1 ? made[0]?.access : undefined;
}
