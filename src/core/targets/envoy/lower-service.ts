import type { AccessRule } from '../../ir/access.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Service } from '../../ir/service.ts';
import type { FileArtifact, PartPlace } from '../artifact.ts';
import { endpointSets, endpointsFile, loadAssignment, needsDns } from './endpoints.ts';
import { inboundRouteConfigurations } from './inbound/index.ts';
import type { Place } from './place.ts';
import { resource } from './resource.ts';
import { typed } from './typed-config.ts';

/**
 * Returns the files of a service for any caller: the routes of its inbound listeners, and its endpoints seen from
 * `places`.
 */
export function lowerService(ir: Ir, service: Service, places: readonly Place[]): readonly FileArtifact[] {
  const { namespace } = service;
  const parts = [...rulePlaces(service.access.allow, 'allow'), ...rulePlaces(service.access.deny, 'deny')];
  const routes = inboundRouteConfigurations(ir, service).map((inbound) => {
    const origins = [
      service.origin,
      ...[...service.access.allow, ...service.access.deny].map(({ origin }) => origin),
    ];
    return resource(
      'RouteConfiguration',
      inbound.path,
      { name: inbound.name, namespace, origins, places: parts },
      inbound.resource,
    );
  });
  return [...routes, ...(needsDns(service) ? [] : places.flatMap((place) => endpoints(ir, service, place)))];
}

function endpoints(ir: Ir, service: Service, place: Place): readonly FileArtifact[] {
  const instances = service.versions.flatMap((version) => version.instances ?? []);
  const origins = [service.origin, ...instances.map(({ origin }) => origin)];
  return endpointSets(ir, service).map((set) =>
    resource(
      'ClusterLoadAssignment',
      endpointsFile(service, set, place),
      { name: set.cluster, namespace: service.namespace, origins },
      typed('envoy.config.endpoint.v3.ClusterLoadAssignment', loadAssignment(ir, service, set, place)),
    ),
  );
}

/** Returns the places of policies, whose names contain the position of their access rule. */
function rulePlaces(rules: readonly AccessRule[], kind: 'allow' | 'deny'): readonly PartPlace[] {
  const policies = `typed_per_filter_config.access-${kind}.rbac.rules.policies`;
  return rules.map(({ origin }, index) => ({ path: `${policies}.${kind}-${String(index + 1)}`, origin }));
}
