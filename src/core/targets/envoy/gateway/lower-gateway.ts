import type { Gateway, GatewayInstance } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Origin } from '../../../location.ts';
import type { Artifact, FileArtifact } from '../../artifact.ts';
import { bootstrap } from '../bootstrap.ts';
import { type ClusterSet, clusterSet } from '../cluster-set.ts';
import { clustersFile } from '../clusters-file.ts';
import { inboundClusters, inboundDependencies } from '../inbound/index.ts';
import { gatewayFolder, proxyFolder } from '../layout.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { nameOf } from '../name-of.ts';
import { nowhere } from '../place.ts';
import { resource } from '../resource.ts';
import { scopeCluster } from '../scope-clusters.ts';
import { certificateRequest } from '../secrets.ts';
import { gatewayListener, gatewayRoutesFile, portGroups, routeTables } from './gateway-listeners.ts';
import { gatewayRoutes } from './gateway-routes.ts';
import { listenerCertificateRequests, listenerSecrets } from './listener-tls.ts';

/**
 * Returns the files of a gateway's instances: shared clusters, routes and secrets, and the bootstrap and listeners of
 * each instance.
 */
export function lowerGateway(
  ir: Ir,
  gateway: Gateway,
  options: LoweringOptions,
): { readonly artifacts: readonly Artifact[]; readonly clusters: ClusterSet } {
  const clusters = clusterSet(ir, gateway.id);
  const { namespace } = gateway;
  const routes = portGroups(gateway)
    .flatMap(routeTables)
    .map((table) =>
      resource(
        'RouteConfiguration',
        gatewayRoutesFile(gateway, table),
        { name: table[0].name, namespace, origins: [gateway.origin, ...originsOf(gateway)] },
        gatewayRoutes(ir, gateway, table, clusters),
      ),
    );
  const secrets = gateway.listeners.flatMap((listener) =>
    listener.tls === undefined ? [] : listenerSecrets(gateway, listener, listener.tls),
  );
  const proxies = (gateway.instances ?? []).flatMap((instance) =>
    lowerInstance(ir, gateway, instance, clusters),
  );
  for (const dependency of inboundDependencies(ir, gateway)) clusters.name(dependency);
  return {
    artifacts: [...clusterArtifacts(ir, gateway, clusters, options), ...routes, ...secrets, ...proxies],
    clusters,
  };
}

function clusterArtifacts(
  ir: Ir,
  gateway: Gateway,
  clusters: ClusterSet,
  options: LoweringOptions,
): readonly FileArtifact[] {
  const wanted = [...clusters.wanted].flatMap(([name, cluster]) =>
    scopeCluster(ir, name, cluster, nowhere, options),
  );
  return clustersFile(
    clustersPath(gateway),
    [
      ...wanted.map(({ cluster, origins }) => [cluster, origins] as const),
      ...inboundClusters(ir, gateway, options).map((cluster) => [cluster, [gateway.origin]] as const),
    ],
    gateway.origin,
  );
}

function lowerInstance(
  ir: Ir,
  gateway: Gateway,
  instance: GatewayInstance,
  clusters: ClusterSet,
): readonly Artifact[] {
  const { namespace } = gateway;
  const folder = proxyFolder(instance.id);
  const origins = [instance.origin, gateway.origin];
  const start = bootstrap({
    proxy: instance.id,
    workload: gateway.id,
    admin: instance.admin,
    clusters: clustersPath(gateway),
    own: [],
  });
  const listeners = portGroups(gateway).map((group) =>
    gatewayListener(ir, gateway, group, instance, clusters),
  );
  return [
    resource('Bootstrap', `${folder}/bootstrap.json`, { name: instance.id, namespace, origins }, start),
    ...listeners.map((listener) =>
      resource('Listener', `${folder}/lds.json`, { name: nameOf(listener), namespace, origins }, listener),
    ),
    certificateRequest(gateway, instance.id),
    ...gateway.listeners.flatMap((listener) => listenerCertificateRequests(gateway, listener, instance)),
  ];
}

function clustersPath({ id }: Gateway): string {
  return `${gatewayFolder(id)}/cds.json`;
}

function originsOf({ listeners, access }: Gateway): readonly Origin[] {
  return [
    ...listeners.flatMap(({ origin, virtualHosts }) => [
      origin,
      ...virtualHosts.map(({ route }) => route.origin),
    ]),
    ...[...access.allow, ...access.deny].map(({ origin }) => origin),
  ];
}
