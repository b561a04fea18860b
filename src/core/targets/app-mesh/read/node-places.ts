import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels, serviceId } from '../../../import/inventory.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Objects } from './objects.ts';
import { idOfHost } from './references.ts';
import type { Resource } from './resource.ts';

/** The service of a node, and the version of it that the node is; or the External of its host. */
interface NodePlace {
  readonly id: string;
  readonly host?: string;
  readonly version?: string;
}

/** Returns the service of a node: that of the host by which it finds its pods, or one of its own name. */
export function placeOf(node: Resource, objects: Objects, context: ReadContext): NodePlace {
  const { spec, namespace, name } = node;
  const own = `${namespace}/${dnsLabel(name) ?? name}`;
  const discovery = spec.at('serviceDiscovery');
  const cloudMap = discovery.at('awsCloudMap');
  cloudMap
    .at('namespaceName')
    .differently({ callers: 'instances are found by Kubernetes, and no more by AWS Cloud Map' });
  cloudMap.at('serviceName').withoutEffect('only AWS Cloud Map knows this name');
  cloudMap.at('attributes').differently({
    callers: 'the labels of pods tell instances apart, and no more attributes in AWS Cloud Map',
  });
  const dns = discovery.at('dns');
  dns.at('responseType').withoutEffect('proxies know single instances');
  for (const one of [cloudMap, dns])
    one.at('ipPreference').withoutEffect('proxies take addresses of either kind');
  const host = dnsNameOf(dns.at('hostname'));
  const selector = spec.along('podSelector', 'matchLabels').value;
  const known = knownPods(mapOf(selector), namespace, objects, context);
  if (known !== undefined) return known;
  if (host === undefined) return { id: own };
  const id = idOfHost(host, namespace, objects.namespaces);
  if (id !== undefined) return selector === undefined ? hostPlace(own, id, objects, context) : { id };
  if (node.form === 'aws-api') return apiPlace(node, own, host, context);
  return { id: own, ...(selector === undefined && { host }) };
}

/** Returns the name of a field in lower case; undefined for text that is no DNS name, such as a variable that nobody has filled in. */
function dnsNameOf(hostname: Field): string | undefined {
  const host = hostname.text()?.toLowerCase();
  if (host === undefined || /^\w[\w-]*(?:\.\w[\w-]*)*\.?$/.test(host)) return host;
  hostname.lost({
    callers: 'it is no DNS name, so the pods are those of a Service with the name of the node',
  });
  return undefined;
}

/** Returns the place of a node without a selector of pods by the service that its host names, or else by its own name. */
function hostPlace(own: string, id: string, { hosts }: Objects, { inventory }: ReadContext): NodePlace {
  const version = inventory.versionOf(id);
  if (version !== undefined) return { id: serviceId(version.service), version: version.version };
  const isOwn = inventory.service(id) === undefined && inventory.service(own) !== undefined;
  return { id: isOwn && hosts.has(own) ? own : id };
}

/** Returns the place of a node at a host outside of Kubernetes: the API has no word for what runs as a node. */
function apiPlace(node: Resource, own: string, host: string, { assume }: ReadContext): NodePlace {
  const hostname = node.spec.along('serviceDiscovery', 'dns', 'hostname');
  if (isReserved(host)) return { id: own, host };
  if (hasProxy(node) || isPrivate(host)) {
    hostname.differently({
      callers: `instances are those of the Service ${own}, and are found by Kubernetes, no more by this name`,
    });
    return { id: own };
  }
  assume(node.document, {
    subject: `if a proxy of the mesh runs at ${host}`,
    assumption: 'it is an External, since nothing of the node needs a proxy',
    way: 'write a Service in its place if it is a part of the mesh',
  });
  return { id: own, host };
}

/** Returns true for a node with settings that only a proxy at its own side carries out. */
function hasProxy({ spec }: Resource): boolean {
  const listeners = spec.at('listeners').value;
  const isSecured =
    Array.isArray(listeners) && listeners.some((one: unknown) => mapOf(one)?.['tls'] !== undefined);
  return isSecured || ['backends', 'backendDefaults', 'logging'].some((name) => spec.at(name).isPresent);
}

/** Returns true for a name that no public DNS has: one label, or a domain for networks of one's own (RFC 6762, ICANN's `internal`). */
function isPrivate(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.');
  return labels.length === 1 || ['local', 'internal'].includes(labels.at(-1) ?? '');
}

/** Returns true for a name that no DNS ever has (RFC 2606). */
export function isReserved(host: string | undefined): boolean {
  return host !== undefined && /(?:^|\.)invalid\.?$/.test(host);
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
