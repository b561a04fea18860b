import type { Difference } from '../../../import/fate.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels, serviceId } from '../../../import/inventory.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { rootNamespace, type Surroundings } from './surroundings.ts';

/** The meaning of a Sidecar. */
export interface ReadSidecar {
  /** True if it closes the egress of the whole mesh. */
  readonly closesEgress: boolean;
  /** The calls of the services whose proxies know certain hosts alone. */
  readonly documents: readonly ReadDocument[];
}

/**
 * Reads a Sidecar: that of the root namespace says the egress of the mesh, and one that gives the proxies of a service
 * a list of hosts says the calls of the service.
 */
export function readSidecar(
  document: NativeDocument,
  all: readonly NativeDocument[],
  surroundings: Surroundings,
): ReadSidecar {
  readHeader(document);
  const namespace = surroundings.context.namespaceOf(document);
  const spec = document.root.at('spec');
  const isWhole = namespace === rootNamespace && !spec.at('workloadSelector').isPresent;
  const mode = spec.along('outboundTrafficPolicy', 'mode');
  const closesEgress = isWhole && mode.value === 'REGISTRY_ONLY';
  const taken = new Set<string>();
  if (closesEgress) {
    mode.text();
    taken.add('outboundTrafficPolicy');
  }
  const documents = isWhole ? [] : readCalls(document, namespace, surroundings);
  if (documents.length > 0) {
    taken.add('workloadSelector').add('egress');
    if (mode.isPresent && mode.value === egressOf(all, surroundings)) {
      mode.withoutEffect('the egress of the mesh is the same');
      taken.add('outboundTrafficPolicy');
    }
  }
  for (const [name, field] of spec.entries())
    if (!taken.has(name)) field.lost(sidecar[name] ?? { callers: 'proxies do not know it' });
  return { closesEgress, documents };
}

const sidecar: Readonly<Record<string, Difference>> = {
  workloadSelector: { callers: 'proxies know what the spec declares as calls' },
  egress: { callers: 'proxies know what the spec declares as calls; other services may be callable, too' },
  ingress: { callers: 'applications take calls at the ports of their Service' },
  outboundTrafficPolicy: { callers: 'the egress of one namespace follows that of the mesh', access: 'wider' },
  inboundConnectionPool: { callers: 'servers accept as many connections as come' },
};

/** Returns the mode of the Sidecar of the whole mesh. */
function egressOf(all: readonly NativeDocument[], { context }: Surroundings): unknown {
  const whole = all.find(
    (one) =>
      context.namespaceOf(one) === rootNamespace && !one.root.along('spec', 'workloadSelector').isPresent,
  );
  return whole?.root.along('spec', 'outboundTrafficPolicy', 'mode').value ?? 'ALLOW_ANY';
}

/** Returns the calls of the services all of whose pods a Sidecar selects; none if one of its hosts is no destination by itself. */
function readCalls(
  document: NativeDocument,
  namespace: string,
  surroundings: Surroundings,
): readonly ReadDocument[] {
  const spec = document.root.at('spec');
  const { inventory } = surroundings.context;
  const selector = spec.along('workloadSelector', 'labels');
  const labels = { ...(selector.value as Readonly<Record<string, string>> | undefined) };
  const services = inventory.services.filter(
    (one) => one.namespace === namespace && hasLabels(one.selector, labels),
  );
  const [listener, ...others] = spec.at('egress').items();
  const onlyHosts = listener?.entries().every(([name]) => name === 'hosts') === true;
  if (services.length === 0 || !onlyHosts || others.length > 0) return [];
  const hosts = listener.at('hosts').items();
  const ids = hosts.map((host) => calledAt(host, namespace, surroundings));
  if (hosts.length === 0 || ids.includes(undefined)) return [];
  selector.labels();
  for (const host of hosts)
    host.differently({ callers: 'proxies know these services; others may be callable, too' });
  const calls = [...new Set(ids.flatMap((one) => one ?? []))].sort();
  return services.map((one) => ({
    kind: 'Service',
    namespace: one.namespace,
    name: one.name,
    spec: { calls },
    from: [document.root],
    beside: serviceId(one),
  }));
}

/** Returns the destination of `NAMESPACE/HOST`; none for `~/*`, and undefined for more than one or an unknown one. */
function calledAt(
  field: Field,
  home: string,
  { context, externals }: Surroundings,
): readonly string[] | undefined {
  const { value } = field;
  if (value === '~/*') return [];
  const [, owner = '', host = ''] = (typeof value === 'string' && /^([^/]+)\/([^/*]+)$/.exec(value)) || [];
  const namespace = owner === '.' ? home : owner;
  const service = context.inventory.serviceOfHost(host, namespace);
  if (service !== undefined) return service.namespace === namespace ? [serviceId(service)] : undefined;
  const external = externals.find(({ id, hosts }) => id.startsWith(`${namespace}/`) && hosts.includes(host));
  return external === undefined ? undefined : [external.id];
}
