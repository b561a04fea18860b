import { defined, unlessEmpty } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels, type KnownService } from '../../../import/inventory.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ExternalSpec, ServiceSpec, Version } from '../../../spec/types.gen.ts';
import type { Place, Surroundings } from './surroundings.ts';
import { readTrafficPolicy } from './traffic-policy.ts';

/** Reads a DestinationRule: versions and settings of a service, or settings and TLS of an External. */
export function readDestinationRule(
  document: NativeDocument,
  surroundings: Surroundings,
): readonly ReadDocument[] {
  const { root } = document;
  const namespace = surroundings.context.namespaceOf(document);
  readHeader(document);
  const spec = root.at('spec');
  const hostField = spec.at('host');
  const host = hostField.text() ?? '';
  const policy = spec.at('trafficPolicy');
  if (host.includes('*')) {
    readWildcard(spec, policy);
    return [];
  }
  const place = surroundings.place(hostField, host, namespace, { protocol: 'http' });
  if (place === undefined) {
    spec.lost({ callers: 'no service and no ServiceEntry has this host: the settings hold for nothing' });
    return [];
  }
  readScope(spec, namespace);
  const settings = policy.isPresent ? readTrafficPolicy(policy, surroundings.context) : {};
  const tls = policy.at('tls');
  readPorts(policy.at('portLevelSettings'), place);
  const [ownNamespace = '', name = ''] = place.id.split('/');
  const common = { namespace: ownNamespace, name, from: [root] };
  if (place.type === 'external') {
    for (const subset of spec.at('subsets').items()) subset.lost({ callers: 'an External has no versions' });
    const content: Partial<ExternalSpec> = { ...settings, ...readExternalTls(tls, ownNamespace) };
    return [{ kind: 'External', ...common, spec: content }];
  }
  const versions = readSubsets(spec.at('subsets'), place, surroundings);
  const content: Partial<ServiceSpec> = { ...settings, ...versions, ...readServiceTls(tls) };
  return [{ kind: 'Service', ...common, spec: content, beside: place.id }];
}

/** A rule for many hosts mostly asks for the TLS of the mesh, which is the default. */
function readWildcard(spec: Field, policy: Field): void {
  const mode = policy.along('tls', 'mode');
  if (mode.value === 'ISTIO_MUTUAL')
    mode.withoutEffect('proxies use the certificates of the mesh by themselves');
  for (const [name, field] of policy.entries())
    if (name !== 'tls')
      field.lost({ callers: 'settings for many hosts do not hold: write them into a Profile' });
  if (mode.value !== 'ISTIO_MUTUAL')
    policy.at('tls').lost({ callers: 'calls to these hosts use the TLS of the mesh' });
  for (const [name, field] of spec.entries())
    if (name !== 'host' && name !== 'trafficPolicy')
      field.lost({ callers: 'settings for many hosts do not hold' });
}

function readScope(spec: Field, namespace: string): void {
  const exportTo = spec.at('exportTo');
  const names = exportTo.texts();
  if (names !== undefined && !names.includes('*'))
    exportTo.differently({
      callers: `the settings hold for callers of every namespace, not only of ${names.includes('.') ? namespace : 'the named ones'}`,
    });
  spec.at('workloadSelector').lost({ callers: 'the settings hold for all callers' });
}

function readPorts(list: Field, place: Place): void {
  for (const item of list.items()) {
    item.lost({ callers: `settings hold for all ports of ${place.id}, not for one` });
  }
}

/**
 * Returns the versions of a service: the subsets, and the versions of pods that no subset takes, so that every instance
 * belongs to a version.
 */
function readSubsets(
  list: Field,
  place: Place,
  { subsets, empty }: Surroundings,
): Pick<ServiceSpec, 'versions'> {
  const versions: Record<string, Version> = {};
  for (const item of list.items()) {
    const name = item.at('name').text() ?? '';
    const labels = item.at('labels').labels() ?? {};
    const policy = item.at('trafficPolicy');
    policy.lost({ callers: 'settings hold for a whole service, not for one version' });
    if (empty.has(`${place.id} ${name}`)) {
      item.withoutEffect('no pod has these labels: calls to the subset fail, as the routes that name it say');
      continue;
    }
    const version = subsets.get(place.id)?.get(name) ?? dnsLabel(name);
    if (version === undefined) item.lost({ callers: 'the name of the version is no DNS label' });
    else versions[version] = { labels };
  }
  const service = place.type === 'service' ? place.service : undefined;
  if (Object.keys(versions).length === 0) return {};
  return { versions: service === undefined ? versions : withUntaken(versions, service) };
}

function withUntaken(
  taken: Readonly<Record<string, Version>>,
  service: KnownService,
): Readonly<Record<string, Version>> {
  const versions: Record<string, Version> = { ...taken };
  for (const [name, version] of Object.entries(service.spec.versions ?? {}))
    if (!(name in versions) && isUntaken(version, versions, service)) versions[name] = version;
  return versions;
}

function isUntaken(
  version: Version,
  versions: Readonly<Record<string, Version>>,
  { workloads }: KnownService,
): boolean {
  const pods = workloads.filter(({ labels }) => hasLabels(labels, version.labels ?? {}));
  return pods.some(
    ({ labels }) => !Object.values(versions).some((other) => hasLabels(labels, other.labels ?? {})),
  );
}

function readServiceTls(field: Field): Partial<ServiceSpec> {
  if (!field.isPresent) return {};
  const mode = field.at('mode').text() ?? 'DISABLE';
  if (mode === 'ISTIO_MUTUAL') return {};
  if (mode === 'DISABLE') {
    field.at('mode').differently({
      callers: 'the service takes no calls with a certificate, so nobody who calls it has an identity',
      access: 'narrower',
    });
    return { mtls: 'disabled' };
  }
  field.lost({
    callers: 'callers use the TLS of the mesh, not that of the application: see Service.ports.tls',
  });
  return {};
}

function readExternalTls(field: Field, namespace: string): Pick<ExternalSpec, 'tls'> {
  if (!field.isPresent) return {};
  const mode = field.at('mode').text() ?? 'DISABLE';
  if (mode === 'DISABLE' || mode === 'ISTIO_MUTUAL') {
    if (mode === 'ISTIO_MUTUAL')
      field.lost({ callers: 'the host is called without a certificate of the mesh' });
    return {};
  }
  const sni = field.at('sni').text();
  const names = field.at('subjectAltNames').texts() ?? [];
  const file = field.at('caCertificates').text();
  const credential = field.at('credentialName').text();
  const verify = field.at('insecureSkipVerify');
  if (verify.boolean() === true)
    verify.lost({ callers: 'the certificate of the host is checked', access: 'narrower' });
  for (const key of ['clientCertificate', 'privateKey', 'caCrl'])
    field.at(key).lost({ callers: 'certificates of clients come from Secrets, not from files' });
  const secret = credential === undefined ? undefined : `${namespace}/${credential}`;
  const ca = file !== undefined ? { file } : secret === undefined ? undefined : { secret };
  const clientCertificate = mode === 'MUTUAL' && secret !== undefined ? { secret } : undefined;
  return { tls: defined({ sni, subjectAltNames: unlessEmpty(names), ca, clientCertificate }) };
}

/** The label of a subset that closes ports: it is this program's own, and no pod has it. */
const nowhere = 'meshwright.dev/nowhere';

/** Returns the subsets (`namespace/name subset`) whose labels no pod has. */
export function emptySubsets(
  documents: readonly NativeDocument[],
  idOf: (host: string, document: NativeDocument) => string | undefined,
): ReadonlySet<string> {
  return new Set(
    documents.flatMap((document) => {
      const spec = document.root.at('spec');
      const { value: host } = spec.at('host');
      const id = typeof host === 'string' ? idOf(host, document) : undefined;
      const { value: list } = spec.at('subsets');
      if (id === undefined || !Array.isArray(list)) return [];
      return list.flatMap((_one, index) => {
        const subset = spec.at('subsets').item(index);
        const isEmpty = subset.along('labels', nowhere).isPresent;
        return isEmpty ? [`${id} ${String(subset.at('name').value)}`] : [];
      });
    }),
  );
}

/** Returns the names of versions by subset for all services: dots of a subset become hyphens. */
export function subsetNames(
  documents: readonly NativeDocument[],
  idOf: (host: string, document: NativeDocument) => string | undefined,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const names = new Map<string, Map<string, string>>();
  for (const document of documents) {
    const { spec } = document.root.value as {
      readonly spec?: { readonly host?: unknown; readonly subsets?: unknown };
    };
    const id = typeof spec?.host === 'string' ? idOf(spec.host, document) : undefined;
    if (id === undefined || !Array.isArray(spec?.subsets)) continue;
    const known = names.get(id) ?? new Map<string, string>();
    names.set(id, known);
    for (const subset of spec.subsets as readonly unknown[]) {
      const name =
        typeof subset === 'object' && subset !== null && 'name' in subset ? subset.name : undefined;
      const label = typeof name === 'string' ? dnsLabel(name) : undefined;
      if (typeof name === 'string' && label !== undefined) known.set(name, label);
    }
  }
  return names;
}
