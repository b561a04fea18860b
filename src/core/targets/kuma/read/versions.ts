import { hasLabels, type Inventory, type KnownPort, type KnownService } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import { isStream, protocolOf } from './protocols.ts';

/** A service, or one version of it that a Service of its own stands for. */
export interface Place {
  readonly service: KnownService;
  readonly version?: string;
}

/** The pods and ports of a Service that may stand for a version. */
export interface Candidate {
  readonly namespace: string;
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly Pick<KnownPort, 'nativeName' | 'port' | 'targetPort' | 'protocol'>[];
}

/**
 * Returns the version that a Service stands for: its pods are just those of the version, and its ports those of the service.
 * Undefined if there is none, or if there are several of which the name tells none.
 */
export function versionOf(candidate: Candidate, { services }: Inventory): Place | undefined {
  const found = services
    .filter((service) => service.namespace === candidate.namespace && hasSamePorts(candidate, service))
    .flatMap((service) =>
      Object.entries(service.spec.versions ?? {})
        .filter(([version, { labels = {} }]) => isVersion(candidate.selector, service, version, labels))
        .map(([version]) => ({ service, version })),
    );
  const named = found.filter(({ service }) => candidate.name.startsWith(`${service.name}-`));
  const [only, ...others] = found.length > 1 ? named : found;
  return others.length === 0 ? only : undefined;
}

/** Returns true for labels that select just the pods of a version; one without labels has its name as the value of one. */
function isVersion(
  selector: Readonly<Record<string, string>>,
  service: KnownService,
  version: string,
  labels: Readonly<Record<string, string>>,
): boolean {
  const own = Object.entries(selector).filter(([name, value]) => service.selector[name] !== value);
  if (!hasLabels(selector, service.selector) || own.length === 0) return false;
  if (Object.keys(labels).length === 0) return own.length === 1 && own[0]?.[1] === version;
  const wanted = { ...service.selector, ...labels };
  return hasLabels(selector, wanted) && hasLabels(wanted, selector);
}

/** Returns true for the ports of a service: their names, numbers, targets and protocols. */
export function hasSamePorts({ ports }: Candidate, service: KnownService): boolean {
  return (
    ports.length === service.ports.length &&
    service.ports.every((port) =>
      ports.some(
        (own) =>
          own.nativeName === port.nativeName &&
          own.port === port.port &&
          own.targetPort === port.targetPort &&
          (own.protocol === port.protocol || (isStream(own.protocol) && isStream(port.protocol))),
      ),
    )
  );
}

/** Returns the Services on Kubernetes that stand for versions, by their ids; those of the inventory are services of their own. */
export function versionServices(
  documents: readonly NativeDocument[],
  inventory: Inventory,
  namespaceOf: (document: NativeDocument) => string,
): ReadonlyMap<string, Place | undefined> {
  const found = new Map<string, Place | undefined>();
  for (const document of documents) {
    const namespace = namespaceOf(document);
    const id = `${namespace}/${document.name}`;
    if (inventory.service(id) === undefined)
      found.set(id, versionOf(candidateOf(document, namespace), inventory));
  }
  return found;
}

function candidateOf({ root, name }: NativeDocument, namespace: string): Candidate {
  const spec = root.at('spec');
  return {
    namespace,
    name,
    selector: spec.at('selector').textMap() ?? {},
    ports: spec
      .at('ports')
      .items()
      .map((port) => {
        const number = port.at('port').port() ?? 0;
        const target = port.at('targetPort').numberOrText() ?? number;
        return {
          nativeName: port.at('name').text() ?? '',
          port: number,
          // A name finds the port of each pod by itself, so that no number is known.
          targetPort: typeof target === 'number' ? target : 0,
          protocol: protocolOf(port.at('appProtocol').text()),
        };
      }),
  };
}
