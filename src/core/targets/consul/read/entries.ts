import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';

/** The kinds of config entries, and the kinds of their objects on Kubernetes. */
const objectKinds: Readonly<Record<string, string>> = {
  'api-gateway': 'APIGateway',
  'bound-api-gateway': 'BoundAPIGateway',
  'control-plane-request-limit': 'ControlPlaneRequestLimit',
  'exported-services': 'ExportedServices',
  'file-system-certificate': 'FileSystemCertificate',
  'http-route': 'HTTPRoute',
  'ingress-gateway': 'IngressGateway',
  'inline-certificate': 'InlineCertificate',
  'jwt-provider': 'JWTProvider',
  mesh: 'Mesh',
  'proxy-defaults': 'ProxyDefaults',
  'rate-limit': 'RateLimit',
  'sameness-group': 'SamenessGroup',
  'service-defaults': 'ServiceDefaults',
  'service-intentions': 'ServiceIntentions',
  'service-resolver': 'ServiceResolver',
  'service-router': 'ServiceRouter',
  'service-splitter': 'ServiceSplitter',
  'tcp-route': 'TCPRoute',
  'terminating-gateway': 'TerminatingGateway',
};

/** Returns true for a config entry: a document with a kind of Consul and without an API version. */
export function isEntry({ root }: NativeDocument): boolean {
  const entry = root.renamed(keyOf);
  const kind = entry.at('kind').value;
  return !root.at('apiVersion').isPresent && typeof kind === 'string' && Object.hasOwn(objectKinds, kind);
}

/**
 * Returns a config entry as its object on Kubernetes: `spec` and `metadata` are the entry itself, and names of fields are those
 * of the CRDs, whatever their case and underscores.
 */
export function entryAsObject(document: NativeDocument): NativeDocument {
  const root = document.root.renamed(keyOf);
  const kind = objectKinds[String(root.at('kind').value)] ?? '';
  const name = root.at('name').value;
  return { ...document, root, kind, name: typeof name === 'string' ? name : kind.toLowerCase() };
}

/** Accounts for the fields of an entry that say nothing about calls, and for those that Consul adds in its answers. */
export function readEntryHeader({ root }: NativeDocument): void {
  root.at('kind').carried();
  root.at('name').carried();
  root.at('meta').withoutEffect('metadata of the entry itself changes nothing for callers');
  for (const name of ['createIndex', 'modifyIndex', 'hash', 'status'])
    root.at(name).withoutEffect('Consul keeps this about the entry');
  for (const name of ['namespace', 'partition']) {
    const field = root.at(name);
    if (field.text() !== undefined && field.value !== 'default' && field.value !== '')
      field.lost({
        callers: 'this reader takes services of one datacenter, one partition and one namespace',
      });
  }
  for (const source of root.at('sources').items()) readAnswer(source);
}

/** Fields of a source that Consul works out, or keeps of older versions. */
function readAnswer(source: Field): void {
  for (const name of ['precedence', 'type', 'legacyId', 'legacyMeta', 'legacyCreateTime', 'legacyUpdateTime'])
    source.at(name).withoutEffect('Consul works this out by itself');
}

/** Returns the key that has the letters of a name; `spec` and `metadata` of a document are the document itself. */
function keyOf(name: string, keys: readonly string[], depth: number): string | undefined {
  if (keys.includes(name)) return name;
  if (depth === 0 && (name === 'spec' || name === 'metadata')) return undefined;
  const letters = lettersOf(name);
  return keys.find((key) => lettersOf(key) === letters) ?? name;
}

function lettersOf(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
