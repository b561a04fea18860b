import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { record } from '../../lib/record.ts';
import { originOf } from '../../location.ts';
import { parseDuration } from '../../spec/duration.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Gateway } from '../gateway.ts';
import type { Ir } from '../ir.ts';
import type { ServiceId } from '../service-id.ts';
import { accessTable } from './access.ts';
import { reportAddressConflicts } from './address-conflicts.ts';
import { authenticationTable } from './authentications.ts';
import { certificatesOf } from './certificates.ts';
import { clustersOf } from './clusters.ts';
import { collectedFindings } from './collected-findings.ts';
import { type Destination, destinationsOf } from './destinations.ts';
import { externalOf } from './externals.ts';
import { gatewayRoutes } from './gateway-routes.ts';
import { gatewayOf } from './gateways.ts';
import { guardrailsOf } from './guardrails.ts';
import { instanceIds } from './instance-ids.ts';
import type { Linking } from './linking.ts';
import { checkListenerDocuments } from './listeners.ts';
import { namesOf } from './names.ts';
import { patternsAreSmall } from './pattern-limits.ts';
import { beforeRollouts } from './rollouts/before-rollouts.ts';
import { rolloutsOf } from './rollouts/rollouts.ts';
import { meshRoutes, type RoutePlan, routePlans } from './routes.ts';
import { type ServiceSurroundings, serviceOf } from './services.ts';
import { builtIn } from './settings.ts';
import { targetsOf } from './targets.ts';
import { rateLimiterOf, telemetryOf } from './telemetry.ts';
import { reportUnsupported } from './unsupported.ts';
import { virtualHostsOf } from './virtual-hosts.ts';

/** A mesh with its names resolved and its defaults applied, and the findings about it. */
export interface Linked {
  /** The mesh without the parts that have errors. If there are errors, it only helps to find further errors. */
  readonly ir?: Ir;
  readonly diagnostics: readonly Diagnostic[];
}

/** Links the documents of a spec to one mesh, as the language page says. Reports all errors; never throws. */
export function link(spec: Spec): Linked {
  const { diagnostics, report } = collectedFindings();
  // Check the size of patterns first: linking compiles them to compare matches.
  if (!patternsAreSmall(spec, report)) return { diagnostics: diagnostics() };
  const names = namesOf(spec, report);
  const linking: Linking = { spec, mesh: spec.mesh.value.spec, names, instanceId: instanceIds(spec), report };
  reportUnsupported(linking);
  const destinations = destinationsOf(linking);
  const plans = routePlans(linking, destinations);
  const routes = meshRoutes(linking, destinations, plans);
  const authentication = authenticationTable(linking);
  const access = accessTable(linking, authentication);
  const surroundings = { routes, access, authentication };
  const services = linkedBy(names.services, destinations, (service, destination) =>
    serviceOf(linking, service, destination, surroundings),
  );
  const externals = linkedBy(names.externals, destinations, (external, destination) =>
    externalOf(linking, external, destination, routes),
  );
  const gateways = gatewaysOf(linking, destinations, plans, surroundings);
  reportAddressConflicts(linking, services, gateways);
  const rateLimiter = rateLimiterOf(linking);
  const prometheus = linking.mesh.metrics?.prometheus;
  const guardrails = guardrailsOf(linking);
  const ir: Ir = {
    origin: originOf(spec.mesh.location),
    name: spec.mesh.name,
    environment: spec.environment,
    trustDomain: linking.mesh.trustDomain,
    mtls: linking.mesh.mtls ?? 'strict',
    egress: linking.mesh.egress ?? 'deny',
    unknownHostTimeout: parseDuration(linking.mesh.defaults?.timeout ?? `${String(builtIn.timeout)}ms`),
    clusters: clustersOf(linking),
    services: byId(services),
    externals: byId(externals),
    gateways: byId(gateways),
    targets: targetsOf(linking),
    telemetry: telemetryOf(linking),
    ...(rateLimiter && { rateLimiter }),
    ...(prometheus && { prometheus: prometheus.url }),
    certificates: certificatesOf(linking),
    ...(guardrails.length > 0 && { guardrails }),
  };
  const rollouts = rolloutsOf(linking, ir);
  if (rollouts.length === 0) return { ir, diagnostics: diagnostics() };
  const before = beforeRollouts(ir, rollouts);
  return { ir: { ...before, rollouts: byId(rollouts) }, diagnostics: diagnostics() };
}

function linkedBy<D, T>(
  objects: ReadonlyMap<ServiceId, D>,
  destinations: ReadonlyMap<ServiceId, Destination>,
  linked: (object: D, destination: Destination) => T,
): readonly T[] {
  return [...objects].flatMap(([id, object]) => {
    const destination = destinations.get(id);
    return destination === undefined ? [] : [linked(object, destination)];
  });
}

function gatewaysOf(
  linking: Linking,
  destinations: ReadonlyMap<ServiceId, Destination>,
  plans: readonly RoutePlan[],
  { access, authentication }: ServiceSurroundings,
): readonly Gateway[] {
  checkListenerDocuments(linking);
  const bare = [...linking.names.gateways.values()].map((gateway) => gatewayOf(linking, gateway));
  const listeners = new Map(bare.map((gateway) => [gateway.id, gateway.listeners]));
  const routes = gatewayRoutes(linking, destinations, plans, listeners);
  return bare.map((gateway) => {
    const tokens = authentication.gateways.get(gateway.id);
    const attached = routes.get(gateway.id);
    return {
      ...gateway,
      listeners: gateway.listeners.map((listener) => ({
        ...listener,
        virtualHosts: virtualHostsOf(linking, gateway.id, listener, attached?.get(listener.name) ?? []),
      })),
      access: access.gateways.get(gateway.id) ?? { closed: false, allow: [], deny: [] },
      ...(tokens && { authentication: tokens }),
    };
  });
}

function byId<T extends { readonly id: string }>(list: readonly T[]): Readonly<Record<string, T>> {
  return record(list.map((item) => [item.id, item] as const));
}
