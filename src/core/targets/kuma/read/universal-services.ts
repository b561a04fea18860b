import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import {
  Inventory,
  type KnownPort,
  type KnownService,
  type KnownWorkload,
} from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { Protocol, ServicePort } from '../../../spec/types.gen.ts';
import { protocolOf } from './protocols.ts';
import { hasSamePorts, type Place, versionOf } from './versions.ts';

/** The services of a mesh outside of Kubernetes. */
export interface UniversalServices {
  readonly inventory: Inventory;
  /** The services, and versions of them, by their names in Kuma, which has no namespaces there. */
  readonly named: ReadonlyMap<string, Place>;
  readonly documents: readonly ReadDocument[];
}

/** The label by which our own output says the namespace of a Dataplane. */
const namespaceLabel = 'meshwright.dev/namespace';
const serviceTag = 'kuma.io/service';
const protocolTag = 'kuma.io/protocol';

/** Returns the services that MeshServices and Dataplanes make; a service of the inventory stays as it is. */
export function universalServices(
  documents: readonly NativeDocument[],
  inventory: Inventory,
): UniversalServices {
  const named = new Map<string, Place>();
  const workloads = documents
    .filter(({ kind }) => kind === 'Dataplane')
    .flatMap((document) => addDataplane(document, named));
  for (const document of documents.filter(({ kind }) => kind === 'MeshService')) {
    const place = placeOf(document, inventory);
    if (place !== undefined) named.set(document.name, place);
  }
  const all = [...named.values()].flatMap(({ service, version }) => (version === undefined ? [service] : []));
  const services = [...new Set(all)].filter((one) => !inventory.services.includes(one));
  return {
    inventory: new Inventory([...inventory.services, ...services], [...inventory.workloads, ...workloads]),
    named,
    documents: services.map(documentOf),
  };
}

/** Adds the ports of a Dataplane to the services of its tags, and returns its workloads. */
function addDataplane(document: NativeDocument, named: Map<string, Place>): readonly KnownWorkload[] {
  return readDataplane(document).flatMap(({ tags, port }) => {
    const name = tags[serviceTag] ?? '';
    const label = dnsLabel(name);
    if (label === undefined) return [];
    const known = named.get(name)?.service ?? emptyService(label, { [serviceTag]: name }, document.root);
    const hasPort = known.ports.some(({ port: own }) => own === port.port);
    const service = hasPort ? known : { ...known, ports: [...known.ports, freed(port, known.ports)] };
    named.set(name, { service });
    return [{ namespace: 'default', name: document.name, labels: tags, serviceAccount: label }];
  });
}

/**
 * Returns the version, or the service of the inventory, with the pods and ports of a MeshService, or else a service of its own; of
 * several the one whose name it has.
 */
function placeOf(document: NativeDocument, inventory: Inventory): Place | undefined {
  const { labels, ports } = readMeshService(document);
  const { [namespaceLabel]: namespace = 'default', ...selector } = labels;
  const candidate = { namespace, name: document.name, selector, ports };
  const version = versionOf(candidate, inventory);
  if (version !== undefined) return version;
  const found = inventory.services.filter(
    (one) => one.namespace === namespace && isSame(one.selector, selector) && hasSamePorts(candidate, one),
  );
  const known = found.find((one) => document.name === `${one.name}-${namespace}`) ?? found[0];
  if (known !== undefined) return { service: known };
  const name = dnsLabel(document.name);
  return name === undefined
    ? undefined
    : { service: { ...emptyService(name, selector, document.root), namespace, ports } };
}

interface Inbound {
  readonly tags: Readonly<Record<string, string>>;
  readonly port: KnownPort;
}

function readDataplane({ root }: NativeDocument): readonly Inbound[] {
  const networking = root.along('spec', 'networking');
  const place = 'instances are those that a registry knows, or `endpoints` of the Service';
  networking.at('address').lost({ callers: place });
  networking.at('advertisedAddress').lost({ callers: place });
  networking.at('gateway').lost({ callers: 'nothing enters by this proxy: write a Gateway' });
  networking.at('admin').withoutEffect('the administration of a proxy takes no calls');
  networking
    .at('transparentProxying')
    .withoutEffect('how a proxy takes the calls of its application changes nothing for them');
  networking
    .at('outbound')
    .lost({ callers: 'the application calls services by their names, not by ports of its own machine' });
  root.along('spec', 'metrics').lost({ callers: 'metrics are those that proxies have' });
  root.along('spec', 'probes').withoutEffect('probes of the platform are no calls of the mesh');
  return networking
    .at('inbound')
    .items()
    .flatMap((inbound): readonly Inbound[] => {
      for (const name of ['address', 'serviceAddress']) inbound.at(name).lost({ callers: place });
      for (const name of ['health', 'state']) inbound.at(name).withoutEffect('it is a state');
      inbound.at('serviceProbe').lost({ callers: 'instances that fail the check still get calls' });
      const tags = inbound.at('tags').labels() ?? {};
      const port = inbound.at('port').port();
      const targetPort = inbound.at('servicePort').port() ?? port;
      const protocol = protocolOf(tags[protocolTag]);
      const written = inbound.at('name').text();
      if (port === undefined || targetPort === undefined) return [];
      return [{ tags, port: portOf(written ?? protocol, { port, targetPort, protocol }) }];
    });
}

function readMeshService({ root }: NativeDocument): {
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly KnownPort[];
} {
  const spec = root.at('spec');
  const selector = spec.at('selector');
  const labels = {
    ...selector.at('dataplaneTags').labels(),
    ...selector.along('dataplaneLabels', 'matchLabels').labels(),
  };
  selector.at('dataplaneRef').lost({ callers: 'instances are known by their labels, not by one name' });
  for (const name of ['identities', 'state'])
    spec.at(name).withoutEffect('the control plane keeps this about the service');
  const ports = spec
    .at('ports')
    .items()
    .flatMap((item): readonly KnownPort[] => {
      const port = item.at('port').port();
      const target = item.at('targetPort').numberOrText();
      const protocol = protocolOf(item.at('appProtocol').text());
      const name = item.at('name').text() ?? (port === undefined ? '' : String(port));
      if (typeof target === 'string')
        item
          .at('targetPort')
          .lost({ callers: 'the number of a named port is not known: that of the service is used' });
      return port === undefined
        ? []
        : [portOf(name, { port, targetPort: typeof target === 'number' ? target : port, protocol })];
    });
  return { labels, ports: ports.map((port, index) => freed(port, ports.slice(0, index))) };
}

function portOf(
  nativeName: string,
  {
    port,
    targetPort,
    protocol,
  }: { readonly port: number; readonly targetPort: number; readonly protocol: Protocol },
): KnownPort {
  const label = dnsLabel(nativeName) ?? protocol;
  const name = /^[a-z]/.test(label) ? label : protocol;
  return { name, nativeName, port, targetPort, protocol, isGuessed: false };
}

function freed(port: KnownPort, taken: readonly KnownPort[]): KnownPort {
  const isTaken = taken.some(({ name }) => name === port.name);
  return isTaken ? { ...port, name: `${port.name}-${String(port.port)}` } : port;
}

function emptyService(name: string, selector: Readonly<Record<string, string>>, from: Field): KnownService {
  return { namespace: 'default', name, ports: [], selector, workloads: [], spec: {}, from: [from] };
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

function documentOf({ namespace, name, ports, selector, from }: KnownService): ReadDocument {
  const isUsual = isSame(selector, { app: name });
  const written = ports.map((port): readonly [string, ServicePort] => [
    port.name,
    {
      port: port.port,
      ...(port.targetPort !== port.port && { targetPort: port.targetPort }),
      ...(port.protocol !== port.name && { protocol: port.protocol }),
    },
  ]);
  return {
    kind: 'Service',
    namespace,
    name,
    spec: {
      ports: Object.fromEntries(written),
      ...(!isUsual && Object.keys(selector).length > 0 && { workload: { labels: selector } }),
    },
    from,
    beside: `${namespace}/${name}`,
  };
}
