import type { Ir } from '../../../ir/ir.ts';
import { mtlsOf, type Port, type Protocol, type Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { envoyFilter } from './envoy-filter.ts';

/** Protocols in which the server may speak first. */
const greeting: ReadonlySet<Protocol> = new Set<Protocol>(['tcp', 'mysql']);

/**
 * Returns a timeout for the first bytes that a server's sidecar waits for. At a permissive port they distinguish
 * callers with and without an identity, and Istio waits without a limit. A caller that stays silent counts as one
 * without an identity. A ztunnel distinguishes callers by their port instead.
 */
export function serverGreetings(ir: Ir, { mode }: LoweringOptions): readonly ObjectArtifact[] {
  if (mode === 'ambient') return [];
  return Object.values(ir.services).flatMap((service) => {
    const [first] = service.ports.filter((port) => mayWait(service, port));
    return first === undefined ? [] : [waitingLimit(service, first)];
  });
}

function mayWait(service: Service, port: Port): boolean {
  return greeting.has(port.protocol) && mtlsOf(service, port) === 'permissive';
}

function waitingLimit({ id, namespace, name, workload }: Service, { origin }: Port): ObjectArtifact {
  return envoyFilter({
    namespace,
    name: objectName('greeting', name),
    from: `Service/${id}`,
    origins: [origin],
    reason:
      'Istio waits without end for the first bytes of a caller, by which it knows whether it has an identity, and here the server may have to speak first',
    labels: workload.labels,
    patches: [
      {
        applyTo: 'LISTENER',
        match: { context: 'SIDECAR_INBOUND' },
        patch: {
          operation: 'MERGE',
          value: { listener_filters_timeout: '1s', continue_on_listener_filters_timeout: true },
        },
      },
    ],
  });
}
