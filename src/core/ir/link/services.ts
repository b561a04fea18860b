import { defineMessages, finding } from '../../diagnostics/message.ts';
import { originOf } from '../../location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { ServiceDocument, Call as WrittenCall } from '../../spec/types.gen.ts';
import type { Route } from '../route.ts';
import type { Call, Service } from '../service.ts';
import type { AccessTable } from './access.ts';
import type { AuthenticationTable } from './authentications.ts';
import { clusterNames } from './clusters.ts';
import { pathMatch } from './conditions.ts';
import type { Destination } from './destinations.ts';
import { healthCheckOf } from './health-check.ts';
import { implicitRoute } from './implicit-route.ts';
import { checkInstanceClusters } from './instance-clusters.ts';
import type { Linking } from './linking.ts';
import { destinationId } from './names.ts';
import { servicePrincipal } from './principals.ts';
import { itemsOf, locationOf, originOfWritten } from './spec-place.ts';

export const messages = defineMessages({
  MESH2070: {
    severity: 'error',
    text: '{callee} is not exposed to the namespace {namespace}, so this call never works',
    explanation:
      'A Service with `exposeTo` is an unknown host to other namespaces. Add the namespace to its `exposeTo`, or take the call out.',
  },
});

/** The linked forms of all documents that apply to services. */
export interface ServiceSurroundings {
  readonly routes: ReadonlyMap<string, Route>;
  readonly access: AccessTable;
  readonly authentication: AuthenticationTable;
}

/** Returns a Service with everything that applies to it. */
export function serviceOf(
  linking: Linking,
  service: SpecObject<ServiceDocument>,
  destination: Destination,
  { routes, access, authentication }: ServiceSurroundings,
): Service {
  const { spec, metadata } = service.value;
  const { id, namespace, versions, profiles, settings, telemetry } = destination;
  const healthCheck = spec.healthCheck && healthCheckOf(linking, id, spec.healthCheck, destination.ports);
  const calls = spec.calls && callsOf(linking, service, spec.calls);
  const tokens = authentication.services.get(id);
  checkInstanceClusters(linking, service, destination);
  return {
    origin: originOf(service.location),
    id,
    namespace,
    name: service.name,
    labels: metadata.labels ?? {},
    workload: {
      labels: spec.workload?.labels ?? { app: service.name },
      principal: servicePrincipal(linking, id),
    },
    ports: destination.ports.map((port) => ({
      ...port,
      route: routes.get(`${id}:${port.name}`) ?? implicitRoute(destination, port),
    })),
    versions,
    clusters: clusterNames(linking, spec.clusters),
    ...(calls && { calls }),
    exposeTo: spec.exposeTo === undefined ? 'all' : [...new Set([namespace, ...spec.exposeTo])].sort(),
    mtls: spec.mtls ?? linking.mesh.mtls ?? 'strict',
    ...(healthCheck && { healthCheck }),
    settings,
    ...(telemetry && { telemetry }),
    access: access.services.get(id) ?? { closed: linking.mesh.access !== 'allow', allow: [], deny: [] },
    ...(tokens && { authentication: tokens }),
    profiles,
  };
}

function callsOf(
  linking: Linking,
  { namespace }: SpecObject<ServiceDocument>,
  written: NonNullable<ServiceDocument['spec']['calls']>,
): readonly Call[] {
  return itemsOf(written).flatMap(([call, at]) => {
    const fields: Exclude<WrittenCall, string> = typeof call === 'string' ? { service: call } : call;
    const nameAt = typeof call === 'string' ? at : { container: call, key: 'service' };
    const id = destinationId(linking.names, { name: fields.service, namespace, ...nameAt }, linking.report);
    if (id === undefined) return [];
    const callee = linking.names.services.get(id);
    const exposeTo = callee?.value.spec.exposeTo;
    if (callee !== undefined && exposeTo?.includes(namespace) === false && callee.namespace !== namespace) {
      const related = [
        { location: locationOf({ container: callee.value.spec, key: 'exposeTo' }), message: 'exposed here' },
      ];
      linking.report(
        finding(messages, 'MESH2070', locationOf(nameAt), { callee: id, namespace }, { related }),
      );
    }
    return {
      origin: originOfWritten(at),
      service: id,
      ...(fields.methods && { methods: fields.methods }),
      ...(fields.paths && { paths: fields.paths.map(pathMatch) }),
    };
  });
}
