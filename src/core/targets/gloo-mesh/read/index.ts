import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels, serviceId } from '../../../import/inventory.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext, Reader } from '../../../import/reader.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { ExternalPort } from '../../../spec/types.gen.ts';
import { istioReader } from '../../istio-objects/read/istio-reader.ts';
import { readAccessPolicies } from './access.ts';
import { readBackend } from './destinations.ts';
import { endedGroup, foreignKinds, readEnded, readForeign } from './foreign.ts';
import { readVirtualGateway } from './gateways.ts';
import { readHealthCheck } from './health-checks.ts';
import { rateLimitKinds, readSharedLimits } from './rate-limits.ts';
import { RoutePolicies, routePolicyKinds } from './route-policies.ts';
import { readRouteTables } from './routes.ts';
import { withoutOpenerPorts } from './tls-modes.ts';
import { Workspaces } from './workspaces.ts';

const readKinds: readonly string[] = [
  'ActiveHealthCheckPolicy',
  ...rateLimitKinds,
  'AccessPolicy',
  'ExternalService',
  'RouteTable',
  'VirtualDestination',
  'VirtualGateway',
  'WorkspaceSettings',
];

/** Reads the kinds of Gloo Mesh, and the objects of Istio beside them. */
const reader: Reader = {
  usesKubernetes: true,
  takes: (document) => istioReader.takes(document) || isGloo(document),
  read(documents, context) {
    const base = istioReader.read(
      documents.filter((one) => istioReader.takes(one)),
      context,
    );
    const own = documents.filter(isGloo);
    for (const document of own) readHeader(document);
    const ended = own.filter(({ group }) => endedGroup.test(group));
    ended.forEach(readEnded);
    const current = own.filter((one) => !ended.includes(one));
    const of = (kind: string): readonly NativeDocument[] => current.filter((one) => one.kind === kind);
    for (const one of current) if (foreignKinds.includes(one.kind)) readForeign(one);
    for (const one of of('WorkspaceSettings')) readWorkspaceSettings(one.root.at('spec'));
    const gateways = of('VirtualGateway').flatMap((one) => readVirtualGateway(one, context) ?? []);
    const destinations = new Map(of('VirtualDestination').flatMap((one) => readDestination(one, context)));
    const policies = new RoutePolicies(current, context, (field, namespace) =>
      readBackend(field, false, namespace, { context, destinations }),
    );
    const idOf = (one: NativeDocument): string => `${context.namespaceOf(one)}/${one.name}`;
    const routes = readRouteTables({
      context,
      gateways: new Set(gateways.map(({ namespace, name }) => `${namespace}/${name}`)),
      tables: new Map(of('RouteTable').map((one) => [idOf(one), one])),
      destinations,
      policies,
    });
    policies.markUnused();
    const peers = documents.filter(
      ({ kind, group }) => kind === 'PeerAuthentication' && group === 'security.istio.io',
    );
    const access = readAccessPolicies(of('AccessPolicy'), context, new Workspaces(current), peers);
    const limits = readSharedLimits(
      current.filter(({ kind }) => rateLimitKinds.includes(kind)),
      context,
    );
    const { rateLimiter } = limits;
    return {
      documents: [
        ...withoutOpenerPorts(base.documents, access),
        ...gateways,
        ...of('ExternalService').flatMap((one) => readExternal(one, context)),
        ...routes,
        ...of('ActiveHealthCheckPolicy').flatMap((one) => readHealthCheck(one, context)),
        ...limits.documents,
        ...access,
      ],
      mesh: { ...base.mesh, ...(rateLimiter && { rateLimiter }) },
    };
  },
};

export default reader;

function isGloo({ group, kind }: NativeDocument): boolean {
  if (endedGroup.test(group)) return true;
  const isCurrent = /(?:^|\.)(?:admin|networking|security|policy|apimanagement)\.gloo\.solo\.io$/.test(group);
  return isCurrent && [...readKinds, ...routePolicyKinds, ...foreignKinds].includes(kind);
}

/** Accounts for the settings of a workspace. Isolation refuses callers of other workspaces. */
function readWorkspaceSettings(spec: Field): void {
  if (spec.isPresent) spec.entries();
  const options = spec.at('options');
  const isolation = options.at('serviceIsolation');
  if (isolation.isPresent) isolation.entries();
  if (isolation.at('enabled').boolean() === true)
    isolation.at('enabled').lost({
      callers: 'callers of other workspaces, and callers without an identity, are let in: write Accesses',
      access: 'wider',
      witness: 'a call from another workspace',
    });
  isolation.at('enforcementLayers').withoutEffect('the proxies enforce the rules');
  isolation.at('trimProxyConfig').withoutEffect('it makes the configuration of proxies smaller');
  const federation = options.at('federation');
  if (federation.at('enabled').boolean() === true)
    federation.lost({ callers: 'services have no hosts of their own over clusters' });
  for (const key of ['serviceSelector', 'hostSuffix'])
    federation.at(key).lost({ callers: 'services have no hosts of their own over clusters' });
  options.at('eastWestGateways').lost({ callers: 'gateways between clusters are those of the target' });
  options.at('virtualDestClientMode').lost({ callers: 'the TLS of callers is that of the mesh' });
  for (const key of ['importFrom', 'exportTo'])
    spec
      .at(key)
      .differently({ callers: 'services are known to all namespaces: write `exposeTo` of the Service' });
}

/** Returns the service of a VirtualDestination with one service. */
function readDestination(
  document: NativeDocument,
  context: ReadContext,
): readonly (readonly [string, string])[] {
  const spec = document.root.at('spec');
  spec.at('hosts').lost({ callers: 'the service is not called by these hosts, but by its own' });
  spec.at('clientMode').lost({ callers: 'the TLS of callers is that of the mesh' });
  spec.at('ports').lost({ callers: 'the service is called at its own ports' });
  const found = spec
    .at('services')
    .items()
    .flatMap((item) => {
      const [name, namespace] = [item.at('name').text(), item.at('namespace').text()];
      const labels = item.at('labels').labels() ?? {};
      for (const key of ['cluster', 'workspace'])
        item.at(key).differently({ callers: 'instances of all clusters of the service get calls' });
      return context.inventory.services.filter(
        (service) =>
          (name === undefined || service.name === name) &&
          (namespace === undefined || service.namespace === namespace) &&
          hasLabels(service.selector, labels),
      );
    });
  spec.at('externalWorkloads').lost({ callers: 'machines outside of the cluster get no calls' });
  spec.at('externalServices').lost({ callers: 'hosts outside of the mesh get no calls by this' });
  const ids = [...new Set(found.map(serviceId))];
  const [id] = ids;
  if (id === undefined || ids.length > 1) {
    spec.lost({ callers: 'it stands for no service, or for several: routes to it lead nowhere' });
    return [];
  }
  return [[`${context.namespaceOf(document)}/${document.name}`, id]];
}

const protocols: Readonly<Record<string, 'http' | 'http2' | 'grpc' | 'tls' | 'tcp'>> = {
  HTTP: 'http',
  HTTP2: 'http2',
  GRPC: 'grpc',
  HTTPS: 'tls',
  TLS: 'tls',
  TCP: 'tcp',
};

/** Reads an ExternalService as an External. */
function readExternal(document: NativeDocument, context: ReadContext): readonly ReadDocument[] {
  const spec = document.root.at('spec');
  const hosts = (spec.at('hosts').texts() ?? []).filter(isHostPattern);
  for (const key of ['addresses', 'selector', 'subjectAltNames'])
    spec.at(key).lost({ callers: 'the host is asked of DNS under its own name' });
  spec.at('name').withoutEffect('the API has no such field, and drops it');
  const ports: Record<string, ExternalPort> = {};
  for (const item of spec.at('ports').items()) {
    const port = item.at('number').port();
    const protocol = protocols[(item.at('protocol').text() ?? 'TCP').toUpperCase()] ?? 'tcp';
    item.at('name').withoutEffect('ports of the spec have names of their own');
    for (const key of [
      'clientsideTls',
      'targetPort',
      'targetPorts',
      'egressGatewayRoutes',
      'routesThroughEgressGateway',
    ])
      item
        .at(key)
        .lost({ callers: 'calls leave from the proxy of the caller, as the application sends them' });
    if (port !== undefined) ports[`${protocol}-${String(port)}`] = { port, protocol };
  }
  const name = dnsLabel(document.name);
  if (name === undefined || hosts.length === 0 || Object.keys(ports).length === 0) {
    context.refuse(document, 'an External needs a host name and a port');
    return [];
  }
  return [
    {
      kind: 'External',
      namespace: context.namespaceOf(document),
      name,
      spec: { hosts, ports },
      from: [document.root],
    },
  ];
}
