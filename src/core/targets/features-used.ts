import type { Feature } from '../ir/feature.ts';
import type { Ir } from '../ir/ir.ts';
import type { Node } from '../ir/node.ts';
import { formatOrigin, type Origin } from '../location.ts';
import { accessFeatures } from './features-of-access.ts';
import { baseFeaturesOf } from './features-of-every-mesh.ts';
import { rolloutFeatures } from './features-of-rollouts.ts';
import { routeFeatures } from './features-of-routes.ts';
import { settingFeatures } from './features-of-settings.ts';
import type { UseFeature } from './use-feature.ts';

/** Returns the features that a mesh uses, each with the places that use or imply it, in order of place. */
export function featuresUsed(ir: Ir): ReadonlyMap<Feature, readonly Origin[]> {
  const used = new Map<Feature, Map<string, Origin>>();
  const use: UseFeature = (feature, { file, line, column }) => {
    const places = used.get(feature) ?? new Map<string, Origin>();
    used.set(feature, places.set(formatOrigin({ file, line, column }), { file, line, column }));
  };
  baseFeaturesOf(ir, use);
  routeFeatures(ir, use);
  rolloutFeatures(ir, use);
  settingFeatures(ir, use);
  accessFeatures(ir, use);
  externalFeatures(ir, use);
  gatewayFeatures(ir, use);
  telemetryFeatures(ir, use);
  meshFeatures(ir, use);
  return new Map(
    [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([feature, places]) => [feature, sorted(places)]),
  );
}

function externalFeatures({ externals }: Ir, use: UseFeature): void {
  for (const { origin, tls, gateway } of Object.values(externals)) {
    use('external.hosts', origin);
    if (tls !== undefined) use('external.tls', tls.origin);
    if (gateway !== undefined) use('external.gateway', origin);
  }
}

/** The feature that a listener of each protocol uses. */
export const listenerFeatures = {
  http: 'gateway.http',
  https: 'gateway.tls',
  tls: 'gateway.passthrough',
  tcp: 'gateway.passthrough',
} as const;

function gatewayFeatures({ gateways }: Ir, use: UseFeature): void {
  for (const { listeners } of Object.values(gateways)) {
    const sharing = new Map<number, number>();
    for (const { port } of listeners) sharing.set(port, (sharing.get(port) ?? 0) + 1);
    for (const { protocol, port, origin, clientAddress, httpsRedirect } of listeners) {
      use(listenerFeatures[protocol], origin);
      if (httpsRedirect) use('gateway.https-redirect', origin);
      if (clientAddress !== undefined) use('gateway.client-address', origin);
      if ((sharing.get(port) ?? 0) > 1) use('gateway.shared-ports', origin);
    }
  }
}

/** Notes the features that telemetry uses, of the mesh and of services. */
function telemetryFeatures({ telemetry, services }: Ir, use: UseFeature): void {
  const own = Object.values(services).flatMap((service) => service.telemetry ?? []);
  for (const label of telemetry.metricLabels) use('telemetry.metric-labels', label.origin);
  for (const { accessLog, tracing } of [telemetry, ...own]) {
    if (accessLog !== undefined) use('telemetry.access-log', accessLog.origin);
    if (tracing !== undefined) use('telemetry.tracing', tracing.origin);
  }
  for (const { origin } of own) use('telemetry.service', origin);
}

function meshFeatures({ origin, egress, certificates }: Ir & Node, use: UseFeature): void {
  if (egress === 'allow') use('egress.allow', origin);
  if (certificates.federation.length > 0) use('federation', origin);
}

function sorted(places: ReadonlyMap<string, Origin>): readonly Origin[] {
  return [...places.values()].sort((one, other) => {
    if (one.file !== other.file) return one.file < other.file ? -1 : 1;
    return one.line - other.line || one.column - other.column;
  });
}
