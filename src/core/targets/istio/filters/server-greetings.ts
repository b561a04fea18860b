import type { Ir } from '../../../ir/ir.ts';
import { mtlsOf, type Port, type Protocol, type Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { envoyFilter } from './envoy-filter.ts';

/** Protocols of which the server may be the first to speak. */
const greeting: ReadonlySet<Protocol> = new Set<Protocol>(['tcp', 'mysql']);

/**
 * Returns a limit of time for what the sidecar of a server waits for: at a permissive port it tells callers with identity
 * from those without by their first bytes, and Istio waits for these without end. A caller that is silent as long has none.
 * A ztunnel tells them apart by their port.
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
