import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Protocol } from '../../../spec/types.gen.ts';
import { readAccessLog } from './access-log.ts';
import { readBackends } from './backends.ts';
import { readListener } from './listeners.ts';
import type { Objects } from './objects.ts';
import { idOfHost, nameFrom } from './references.ts';
import type { ServiceDrafts } from './service-drafts.ts';

/** The virtual nodes of a mesh, as the services or hosts that they stand for. */
export interface Nodes {
  /** Returns the id of the service or External of a node (`namespace/name` of the VirtualNode). */
  serviceOf(node: string): string | undefined;
  /** Returns the version of the service that a node is; undefined for all of its versions. */
  versionOf(node: string): string | undefined;
  /** Returns the number of the first port of a node. */
  portOf(node: string): number | undefined;
  /** Returns true if a node stands for a host outside of the mesh. */
  isOutside(node: string): boolean;
  /** Returns the callers of each virtual service (`namespace/name`), as ids of services. */
  callersOf(virtualService: string): readonly { readonly id: string; readonly from: Field }[];
  /** Returns the hosts outside of the mesh; `callersOf` gives the ids of services that may call one. */
  externals(callersOf: (id: string) => readonly string[]): readonly ReadDocument[];
  /** Returns the trust domain that certificates name. */
  trustDomain(): string | undefined;
}

interface ReadNode {
  readonly id: string;
  readonly version?: string;
  readonly host?: string;
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol }[];
  readonly from: Field;
}

/** Reads the virtual nodes. */
export function readNodes(
  objects: Objects,
  drafts: ServiceDrafts,
  context: ReadContext,
  isOpen: boolean,
): Nodes {
  const nodes = new Map<string, ReadNode>();
  const callers = new Map<string, { id: string; from: Field }[]>();
  const trustDomains: string[] = [];
  const groups = readGroups(objects, context);
  for (const document of objects.all('VirtualNode')) {
    const namespace = context.namespaceOf(document);
    const spec = document.root.at('spec');
    const { id, host, version } = placeOf(document, namespace, objects, context);
    spec.at('awsName').withoutEffect('AWS alone knows a node by this name');
    spec.at('meshRef').withoutEffect('the controller finds the mesh by the namespace');
    const listeners = spec.at('listeners').items();
    const ports = listeners.map((listener) =>
      readListener(listener, id, host !== undefined, drafts, { isOpen, trustDomains }),
    );
    const known = ports.filter((port) => port !== undefined);
    nodes.set(`${namespace}/${document.name}`, {
      id,
      ports: known,
      from: document.root,
      ...(host !== undefined && { host }),
      ...(version !== undefined && { version }),
    });
    if (host !== undefined) continue;
    const draft = drafts.of(id, document.root);
    const labels = readSelector(spec.at('podSelector'));
    if (labels !== undefined) draft.labels ??= labels;
    readAccessLog(spec.at('logging'), draft.settings, (settings) => {
      draft.settings = settings;
    });
    const called = readBackends(spec, namespace, groups);
    for (const { virtualService, from } of called) {
      const list = callers.get(virtualService) ?? [];
      list.push({ id, from });
      callers.set(virtualService, list);
    }
    if (labels !== undefined && !isOpen) draft.declaresCalls = true;
  }
  return {
    serviceOf: (node) => nodes.get(node)?.id,
    versionOf: (node) => nodes.get(node)?.version,
    portOf: (node) => nodes.get(node)?.ports[0]?.port,
    isOutside: (node) => nodes.get(node)?.host !== undefined,
    callersOf: (virtualService) => callers.get(virtualService) ?? [],
    externals: (callersOf) => externalsOf([...nodes.values()], isOpen ? undefined : callersOf),
    trustDomain: () => trustDomains[0],
  };
}

/** Returns the service of a node: that of the host by which it finds its pods, or one of its own name. */
function placeOf(
  { root, name }: NativeDocument,
  namespace: string,
  objects: Objects,
  context: ReadContext,
): { readonly id: string; readonly host?: string; readonly version?: string } {
  const discovery = root.along('spec', 'serviceDiscovery');
  const own = `${namespace}/${dnsLabel(name) ?? name}`;
  const cloudMap = discovery.at('awsCloudMap');
  cloudMap.differently({ callers: 'instances are found by Kubernetes, and no more by AWS Cloud Map' });
  const dns = discovery.at('dns');
  dns.at('responseType').withoutEffect('proxies know single instances');
  const host = dns.at('hostname').text();
  const selector = root.along('spec', 'podSelector', 'matchLabels').value;
  const { inventory } = context;
  const known = knownPods(mapOf(selector), namespace, objects, context);
  if (known !== undefined) return known;
  if (host === undefined) return { id: own };
  const id = idOfHost(host, namespace, objects.namespaces);
  if (id === undefined) return selector === undefined ? { id: own, host: host.toLowerCase() } : { id: own };
  // A host that no manifest has is that of the pods of the node.
  return inventory.service(id) !== undefined || selector === undefined ? { id } : { id };
}

/** Returns the service of a virtual service, or its version, whose pods have just the labels of a node. */
function knownPods(
  labels: Readonly<Record<string, string>> | undefined,
  namespace: string,
  objects: Objects,
  context: ReadContext,
): { readonly id: string; readonly version?: string } | undefined {
  if (labels === undefined) return undefined;
  const isSame = (other: Readonly<Record<string, string>>): boolean =>
    hasLabels(labels, other) && hasLabels(other, labels);
  for (const service of context.inventory.services) {
    const { selector, spec } = service;
    const id = serviceId(service);
    if (service.namespace !== namespace || !hasLabels(labels, selector) || !objects.hosts.has(id)) continue;
    if (isSame(selector)) return { id };
    const version = Object.entries(spec.versions ?? {}).find(([name, { labels: own = {} }]) =>
      isSame({ ...selector, ...(Object.keys(own).length > 0 ? own : { version: name }) }),
    );
    if (version !== undefined) return { id, version: version[0] };
  }
  return undefined;
}

function mapOf(value: unknown): Readonly<Record<string, string>> | undefined {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? (value as Readonly<Record<string, string>>) : undefined;
}

function readSelector(field: Field): Readonly<Record<string, string>> | undefined {
  const expressions = field.at('matchExpressions');
  if (expressions.isPresent)
    expressions.lost({
      callers: 'the language selects pods by labels alone, so more pods may belong to the service',
    });
  return field.at('matchLabels').textMap();
}

function readGroups(
  objects: Objects,
  context: ReadContext,
): ReadonlyMap<string, readonly (readonly [string, Field])[]> {
  return new Map(
    objects.all('BackendGroup').map((document) => {
      const namespace = context.namespaceOf(document);
      document.root.along('spec', 'meshRef').withoutEffect('the controller finds the mesh by the namespace');
      const items = document.root.along('spec', 'virtualservices').items();
      const ids = items.flatMap((item): readonly (readonly [string, Field])[] => {
        const name = item.at('name').text();
        return name === undefined ? [] : [[`${item.at('namespace').text() ?? namespace}/${name}`, item]];
      });
      return [`${namespace}/${document.name}`, ids] as const;
    }),
  );
}

function externalsOf(
  nodes: readonly ReadNode[],
  callersOf: ((id: string) => readonly string[]) | undefined,
): readonly ReadDocument[] {
  return nodes.flatMap(({ id, host, ports, from: field }) => {
    if (host === undefined) return [];
    const [namespace = '', name = ''] = id.split('/');
    const callers = callersOf?.(id);
    if (callers?.length === 0)
      field.along('spec', 'serviceDiscovery', 'dns', 'hostname').differently({
        callers: `every service may call ${host}, which no node had as a backend`,
        access: 'wider',
      });
    const entries = ports.map(
      ({ port, protocol }) =>
        [protocol === 'tcp' ? `tcp-${String(port)}` : protocol, port, protocol] as const,
    );
    return [
      {
        kind: 'External' as const,
        namespace,
        name,
        spec: {
          hosts: [host],
          ports: Object.fromEntries(
            entries.map(([key, port, protocol]) => [key, { port, ...(key !== protocol && { protocol }) }]),
          ),
          ...(callers !== undefined &&
            callers.length > 0 && {
              from: callers.map((service) => ({ service: nameFrom(service, namespace) })),
            }),
        },
        from: [field],
      },
    ];
  });
}
