import { idOfHost } from '../../../import/inventory.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext, Reader, ReadMesh } from '../../../import/reader.ts';
import type { MeshSpec, Version } from '../../../spec/types.gen.ts';
import { markPartly, readAuthorizationPolicy } from './authorization-policy.ts';
import { asksKnownService, readCustomPolicy } from './custom-policy.ts';
import { emptySubsets, readDestinationRule, subsetNames } from './destination-rule.ts';
import { isHidden } from './export-to.ts';
import { readGateway } from './gateway.ts';
import type { TakenHosts } from './gateway-routes.ts';
import { defaultRetryOn } from './http-settings.ts';
import { joinedGateways } from './joined-gateways.ts';
import { readForeign } from './other-objects.ts';
import { readEnvoyFilters } from './patches/envoy-filters.ts';
import { readPeerAuthentications } from './peer-authentication.ts';
import { issuerNames, readRequestAuthentication, withRequiredTokens } from './request-authentication.ts';
import { withRouteNames } from './route-names.ts';
import { readServiceEntry } from './service-entry.ts';
import { readSidecar } from './sidecar.ts';
import { Surroundings } from './surroundings.ts';
import { readTelemetries } from './telemetry/telemetry.ts';
import { readVirtualService } from './virtual-service.ts';
import { isWaypoint, Waypoints } from './waypoints.ts';

/** Kinds of other documents, by API group. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'networking.istio.io': [
    'VirtualService',
    'DestinationRule',
    'Gateway',
    'ServiceEntry',
    'Sidecar',
    'EnvoyFilter',
    'ProxyConfig',
    'WorkloadEntry',
    'WorkloadGroup',
  ],
  'security.istio.io': ['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'],
  'telemetry.istio.io': ['Telemetry'],
  'extensions.istio.io': ['WasmPlugin', 'TrafficExtension'],
};

/** The defaults of proxies where no object says anything (virtual_service.proto, destination_rule.proto). */
const defaults: MeshSpec['defaults'] = {
  timeout: '0s',
  retries: { attempts: 2, on: defaultRetryOn, methods: 'all' },
  connections: { connectTimeout: '10s' },
};

/** Reads the objects of sidecars and gateways. */
export const istioReader: Reader = {
  usesKubernetes: true,
  takes(document) {
    const { group, kind } = document;
    return (
      kinds[group]?.includes(kind) === true || (group === '' && kind === 'Namespace') || isWaypoint(document)
    );
  },
  read(documents, context) {
    const of = (kind: string): readonly NativeDocument[] =>
      documents.filter((one) => one.kind === kind && one.group.endsWith('.istio.io'));
    const rules = of('DestinationRule').filter(isKnown);
    const externals = of('ServiceEntry').flatMap((one) => readServiceEntry(one, context) ?? []);
    const gateways = joinedGateways(of('Gateway').flatMap((one) => readGateway(one, context) ?? []));
    const surroundings = new Surroundings(context, {
      externals: externals.map(({ known }) => known),
      gateways: gateways.map(({ known }) => known),
      subsets: subsetNames(rules, (host, one) => idOfHost(host, context.namespaceOf(one))),
      empty: emptySubsets(rules, (host, one) => idOfHost(host, context.namespaceOf(one))),
      issuers: issuerNames(of('RequestAuthentication')),
      waypoints: new Waypoints(documents, context),
    });
    const patches = readEnvoyFilters(of('EnvoyFilter'), of('VirtualService'), surroundings);
    surroundings.limits = patches.limits;
    surroundings.notes = patches.notes;
    const routed = new Set<string>();
    const taken: TakenHosts = new Map();
    const routes = withRouteNames(
      of('VirtualService').flatMap((one) => readVirtualService(one, surroundings, routed, taken)),
    );
    const settings = rules.flatMap((one) => readDestinationRule(one, surroundings));
    const modes = readPeerAuthentications(of('PeerAuthentication'), surroundings);
    const tokens = of('RequestAuthentication').flatMap((one) => readRequestAuthentication(one, surroundings));
    const [asking, deciding] = partition(of('AuthorizationPolicy'), (one) =>
      asksKnownService(one, surroundings),
    );
    const policies = deciding.map((one) => readAuthorizationPolicy(one, surroundings));
    markPartly(policies);
    const sidecars = of('Sidecar').map((one) => readSidecar(one, of('Sidecar'), surroundings));
    const telemetry = readTelemetries(of('Telemetry'), surroundings);
    for (const kind of Object.values(kinds).flat()) if (isForeign(kind)) of(kind).forEach(readForeign);
    const all = [
      ...externals.map(({ document }) => document),
      ...gateways.map(({ document }) => document),
      ...settings,
      ...sidecars.flatMap(({ documents: calls }) => calls),
      ...modes.documents,
      ...routes,
      ...policies.flatMap((one) => one.documents),
      ...withRequiredTokens(tokens, surroundings),
      ...asking.flatMap((one) => readCustomPolicy(one, surroundings)),
      ...patches.documents,
      ...telemetry.documents,
    ];
    return {
      documents: [...all, ...missingVersions(surroundings, all, context), ...startedPorts(surroundings)],
      mesh: {
        mtls: modes.mesh,
        access: policies.some(({ closesMesh }) => closesMesh) ? 'deny' : 'allow',
        egress: sidecars.some(({ closesEgress }) => closesEgress) ? 'deny' : 'allow',
        defaults,
        ...(telemetry.mesh && { telemetry: telemetry.mesh }),
      },
    } satisfies ReadMesh;
  },
};

const read: readonly string[] = [
  'VirtualService',
  'DestinationRule',
  'Gateway',
  'ServiceEntry',
  'Sidecar',
  'AuthorizationPolicy',
  'PeerAuthentication',
  'RequestAuthentication',
  'EnvoyFilter',
  'Telemetry',
];

/** Returns false for an object that no proxy knows, and accounts for it. */
function isKnown(document: NativeDocument): boolean {
  if (!isHidden(document.root.at('spec'))) return true;
  readHeader(document);
  return false;
}

function partition<T>(
  items: readonly T[],
  fits: (item: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [items.filter(fits), items.filter((item) => !fits(item))];
}

function isForeign(kind: string): boolean {
  return !read.includes(kind);
}

/** Adds the versions that are split to and not defined to the versions of their services. */
function missingVersions(
  { missing }: Surroundings,
  documents: readonly ReadDocument[],
  { inventory }: ReadContext,
): readonly ReadDocument[] {
  return [...missing].map(([id, names]): ReadDocument => {
    const [namespace = '', name = ''] = id.split('/');
    const known = documents.flatMap((one) =>
      one.kind === 'Service' && one.namespace === namespace && one.name === name
        ? (one.spec.versions ?? [])
        : [],
    );
    const versions: Record<string, Version> = {
      ...((known.at(-1) as object | undefined) ?? inventory.service(id)?.spec.versions),
    };
    for (const version of names)
      versions[version] ??= { labels: { 'mesh-import/without-instances': version } };
    return { kind: 'Service', namespace, name, spec: { versions }, from: [], beside: id };
  });
}

/** Returns the ports of Externals at which proxies start TLS, as ports that take requests. */
function startedPorts({ startedTls, externals }: Surroundings): readonly ReadDocument[] {
  return externals.flatMap(({ id, spec }): readonly ReadDocument[] => {
    const ports = Object.entries(spec.ports).filter(([key]) => startedTls.has(`${id} ${key}`));
    const [namespace = '', name = ''] = id.split('/');
    if (ports.length === 0) return [];
    const taken = ports.map(([key, port]) => [key, { ...port, protocol: 'http' as const }] as const);
    return [{ kind: 'External', namespace, name, spec: { ports: Object.fromEntries(taken) }, from: [] }];
  });
}
