import type { Ir } from '../../ir/ir.ts';
import { reportedTelemetry } from '../../ir/reported-telemetry.ts';
import type { Service } from '../../ir/service.ts';
import type { Origin } from '../../location.ts';
import type { Artifact, FileArtifact, PartPlace } from '../artifact.ts';
import { appCluster, connectionClusters, namedAppClusters, passedClusters } from './app-clusters.ts';
import { bootstrap } from './bootstrap.ts';
import { type ClusterSet, clusterSet } from './cluster-set.ts';
import { clustersFile, type OriginatedCluster } from './clusters-file.ts';
import { inboundClusters, inboundDependencies, inboundListeners } from './inbound/index.ts';
import { proxyFolder, scopeFolder } from './layout.ts';
import type { LoweringOptions } from './lowering-options.ts';
import { nameOf } from './name-of.ts';
import { outboundListener } from './outbound-listener.ts';
import { resource } from './resource.ts';
import { outboundRoutes, outboundRoutesName } from './routes/outbound-routes.ts';
import { ruleName } from './routes/virtual-host.ts';
import { scopeCluster } from './scope-clusters.ts';
import type { Member, Scope } from './scopes.ts';
import { certificateRequest } from './secrets.ts';
import { streamListeners } from './stream-listeners.ts';

/**
 * Returns the files of a scope's proxies: shared clusters and routes, and the bootstrap, listeners and endpoints of
 * each proxy.
 */
export function lowerScope(
  ir: Ir,
  scope: Scope,
  options: LoweringOptions,
): { readonly artifacts: readonly Artifact[]; readonly clusters: ClusterSet } {
  const clusters = clusterSet(ir);
  const routes = resource(
    'RouteConfiguration',
    `${scopeFolder(scope.name)}/rds.json`,
    {
      name: outboundRoutesName,
      namespace: '',
      origins: [ir.origin, ...scope.services.flatMap(routeOrigins)],
      places: scope.services.flatMap(routePlaces),
    },
    outboundRoutes(ir, scope, clusters),
  );
  const owners = [...new Set(scope.members.map(({ service }) => service))];
  const proxies = scope.members.flatMap((member) => lowerMember(ir, scope, member, { clusters, options }));
  for (const owner of owners)
    for (const dependency of inboundDependencies(ir, owner)) clusters.name(dependency);
  return {
    artifacts: [...clusterArtifacts(ir, scope, owners, clusters, options), routes, ...proxies],
    clusters,
  };
}

function clusterArtifacts(
  ir: Ir,
  scope: Scope,
  owners: readonly Service[],
  clusters: ClusterSet,
  options: LoweringOptions,
): readonly FileArtifact[] {
  const wanted = [...clusters.wanted].flatMap(([name, cluster]) =>
    scopeCluster(ir, name, cluster, scope.place, options),
  );
  const named = new Map<string, OriginatedCluster>();
  for (const owner of owners) {
    for (const port of owner.ports)
      for (const cluster of [
        appCluster(owner, port, options),
        ...passedClusters(owner, port, options),
        ...connectionClusters(owner, port, options),
      ])
        named.set(nameOf(cluster), [cluster, [port.origin]]);
  }
  for (const owner of owners)
    for (const cluster of inboundClusters(ir, owner, options))
      named.set(nameOf(cluster), [cluster, [owner.origin]]);
  return clustersFile(
    `${scopeFolder(scope.name)}/cds.json`,
    [...wanted.map(({ cluster, origins }) => [cluster, origins] as const), ...named.values()],
    owners[0]?.origin ?? ir.origin,
  );
}

interface Lowering {
  readonly clusters: ClusterSet;
  readonly options: LoweringOptions;
}

function lowerMember(
  ir: Ir,
  scope: Scope,
  member: Member,
  { clusters, options }: Lowering,
): readonly Artifact[] {
  const { service, instance } = member;
  const { namespace } = service;
  const folder = proxyFolder(instance.id);
  const origins = [instance.origin, service.origin];
  const own = { ...ir, telemetry: reportedTelemetry(ir, service) };
  const listeners = [
    outboundListener(own, scope, member),
    ...streamListeners(own, member, clusters),
    ...inboundListeners(own, service, instance),
  ];
  const start = bootstrap({
    proxy: instance.id,
    workload: service.id,
    admin: instance.admin,
    clusters: `${scopeFolder(scope.name)}/cds.json`,
    own: namedAppClusters(service, instance, options),
  });
  return [
    resource('Bootstrap', `${folder}/bootstrap.json`, { name: instance.id, namespace, origins }, start),
    ...listeners.map((listener) =>
      resource('Listener', `${folder}/lds.json`, { name: nameOf(listener), namespace, origins }, listener),
    ),
    certificateRequest(service, instance.id),
  ];
}

function routeOrigins({ ports }: Service): readonly Origin[] {
  return ports.map(({ route }) => route.origin);
}

/** Returns the places of a service's virtual hosts (its Routes) and of their routes (the rules). */
function routePlaces({ id, namespace, ports }: Service): readonly PartPlace[] {
  return ports
    .filter(({ http }) => http)
    .flatMap(({ name, route }) =>
      [`${id}:${name}`, `${id}:${name} in ${namespace}`].flatMap((host) => [
        { path: `virtual_hosts[${host}]`, origin: route.origin },
        ...route.rules.map((rule, index) => ({
          path: `virtual_hosts[${host}].routes[${ruleName(route, rule, index)}`,
          origin: rule.origin,
        })),
      ]),
    );
}
