import { readHeader } from '../../../import/kubernetes/metadata.ts';
import { isWorkload } from '../../../import/kubernetes/workloads.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { Reader, ReadMesh } from '../../../import/reader.ts';
import { readGatewayApi, takesGatewayApi } from '../../gateway-api-objects/read/read-gateway-api.ts';
import type { RouteDialect } from '../../gateway-api-objects/read/routes.ts';
import { readAccesses } from './accesses.ts';
import { assumedPolicies } from './assumed-policies.ts';
import { readAuthentications } from './authentications.ts';
import { readAuthorizations } from './authorizations.ts';
import { readEgressNetworks } from './egress-networks.ts';
import { readExternals } from './external-routes.ts';
import { foreignKinds, readForeign } from './foreign.ts';
import { neededAnnotations, readNeeded } from './needed-settings.ts';
import { defaultCallers } from './pod-defaults.ts';
import { PortProtocols } from './port-protocols.ts';
import { isLinkerds, readProxySettings } from './proxy-annotations.ts';
import { readRateLimit } from './rate-limits.ts';
import { type CallSettings, isCallAnnotation, readCallSettings } from './retry-annotations.ts';
import { byName, placeOf, type RoutePlace } from './route-parents.ts';
import { rankOf } from './route-rank.ts';
import { readServerRoutes } from './server-routes.ts';
import { readServer } from './servers.ts';
import { profiledService, readServiceProfile } from './service-profiles.ts';
import { readServiceSettings } from './service-settings.ts';
import { trustDomainOf } from './trust-domain.ts';
import { withoutProfiled } from './unprofiled-routes.ts';

/** Kinds of Linkerd's own groups that have a form in the language. */
const own: readonly string[] = [
  'linkerd.io/ServiceProfile',
  'policy.linkerd.io/AuthorizationPolicy',
  'policy.linkerd.io/EgressNetwork',
  'policy.linkerd.io/GRPCRoute',
  'policy.linkerd.io/HTTPLocalRateLimitPolicy',
  'policy.linkerd.io/HTTPRoute',
  'policy.linkerd.io/MeshTLSAuthentication',
  'policy.linkerd.io/NetworkAuthentication',
  'policy.linkerd.io/Server',
  'policy.linkerd.io/ServerAuthorization',
];
const routeKinds: readonly string[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'];

/** The ways in which Linkerd reads routes otherwise than the Gateway API says. */
const dialect: RouteDialect = { isRoute, leaves: isCallAnnotation, settingsOf, rankOf };

/** Reads the objects of Linkerd, the routes of the Gateway API, and annotations of Services, Namespaces and pods. */
const reader: Reader = {
  usesKubernetes: true,
  readsAnnotation: isLinkerds,
  takes: (one) =>
    own.includes(keyOf(one)) ||
    foreignKinds.includes(keyOf(one)) ||
    takesGatewayApi(one) ||
    isKubernetes(one),
  read(documents, context) {
    const of = (...kinds: readonly string[]): readonly NativeDocument[] =>
      documents.filter((one) => own.includes(keyOf(one)) && kinds.includes(one.kind));
    const routes = documents.filter(
      (one) => isRoute(one) || (takesGatewayApi(one) && routeKinds.includes(one.kind)),
    );
    const at = (place: RoutePlace): readonly NativeDocument[] =>
      routes.filter((one) => placeOf(one) === place);
    const [inbound, outbound, egress] = [at('server'), at('other'), at('egress')];
    for (const one of [
      ...documents.filter((other) => own.includes(keyOf(other)) && !isRoute(other)),
      ...inbound,
      ...egress,
    ])
      readHeader(one, isRead);
    for (const one of documents) if (foreignKinds.includes(keyOf(one))) readForeign(one);
    const trustDomain = trustDomainOf(documents, context.trustDomain);
    const authentications = readAuthentications(
      of('MeshTLSAuthentication', 'NetworkAuthentication'),
      context,
      trustDomain,
    );
    const policies = of('AuthorizationPolicy', 'ServerAuthorization');
    const authorizations = readAuthorizations(policies, authentications, context, trustDomain);
    for (const { root } of inbound) markSettings(root);
    const serverRoutes = readServerRoutes(inbound, authorizations, context);
    const servers = of('Server').map((one) => readServer(one, authorizations, serverRoutes, context));
    const services = documents.filter(({ group, kind }) => group === '' && kind === 'Service');
    const others = documents.filter((one) => isKubernetes(one) && !services.includes(one));
    const defaults = defaultCallers(readProxySettings(others, context));
    const profiles = of('ServiceProfile');
    const profiled = new Set(profiles.flatMap((one) => profiledService(one) ?? []));
    const called = withoutProfiled(outbound, profiled, context);
    const protocols = new PortProtocols({ servers, services, routes: called, profiled, defaults }, context);
    const accesses = readAccesses(servers, defaults, protocols.of.bind(protocols), context);
    const gateways = documents.filter((one) => takesGatewayApi(one) && !routes.includes(one));
    return {
      documents: [
        ...protocols.documents(),
        ...services.flatMap((one) => readServiceSettings(one, context)),
        ...of('Server').flatMap(readNeeded),
        ...of('HTTPLocalRateLimitPolicy').flatMap((one) => readRateLimit(one, servers, context)),
        ...readExternals(egress, settingsOf, context),
        ...readGatewayApi([...gateways, ...byName(called)], context, dialect).documents,
        ...profiles.flatMap((one) => readServiceProfile(one, context)),
        ...accesses.documents,
      ],
      mesh: {
        trustDomain,
        // A proxy takes calls without an identity, too; policies refuse them.
        mtls: 'permissive',
        access: accesses.isOpen ? 'allow' : 'deny',
        egress: readEgressNetworks(of('EgressNetwork'), context),
        defaults: { timeout: '0s' },
      },
      findings: assumedPolicies(defaults.assumed, context.inventory),
    } satisfies ReadMesh;
  },
};

export default reader;

function keyOf({ group, kind }: NativeDocument): string {
  return `${group}/${kind}`;
}

/** Returns true for a route of Linkerd's own group. */
function isRoute({ group, kind }: NativeDocument): boolean {
  return group === 'policy.linkerd.io' && routeKinds.includes(kind);
}

/** Returns true for an object of Kubernetes whose annotations Linkerd reads. */
function isKubernetes(document: NativeDocument): boolean {
  const { group, kind } = document;
  return isWorkload(document) || (group === '' && ['Service', 'Namespace', 'ServiceAccount'].includes(kind));
}

function isRead(name: string): boolean {
  return isCallAnnotation(name) || name === neededAnnotations;
}

function settingsOf({ root }: NativeDocument): CallSettings {
  return readCallSettings(root.along('metadata', 'annotations'));
}

/** Times and retries belong to the proxy of the caller. */
function markSettings(root: NativeDocument['root']): void {
  const annotations = root.along('metadata', 'annotations');
  if (typeof annotations.value !== 'object' || annotations.value === null) return;
  for (const [name, field] of annotations.entries())
    if (isRead(name)) field.withoutEffect('a route at a Server sends nothing on');
}
