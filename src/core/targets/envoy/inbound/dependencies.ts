import type { Authentication } from '../../../ir/authentication.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { ServiceId } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { type JwksCluster, jwksCluster } from '../tokens/jwks.ts';

/** A port of a service that a proxy itself calls, over the cluster of all versions. */
export interface Dependency {
  readonly service: ServiceId;
  readonly port: string;
}

/** What the checks of a server (a service or a gateway) and the mesh's telemetry call: its proxies need these clusters. */
export function inboundDependencies(ir: Ir, owner: Authenticated): readonly Dependency[] {
  const { accessLog, tracing } = ir.telemetry;
  const asked = owner.authentication?.externalAuthorization;
  return [
    ...(asked === undefined ? [] : [{ service: asked.service, port: asked.port }]),
    ...keys(ir, owner).flatMap((found) => ('service' in found ? [{ service: found.service, port: found.port }] : [])),
    ...(accessLog?.output.type === 'otlp' ? [dependency(accessLog.output)] : []),
    ...(tracing === undefined ? [] : [dependency(tracing.otlp)]),
  ];
}

/** Clusters that the checks of a server need beside those of services; two issuers may share one. */
export function inboundClusters(ir: Ir, owner: Authenticated): readonly Json[] {
  const clusters = keys(ir, owner).flatMap((found) => ('cluster' in found ? [[found.name, found.cluster] as const] : []));
  return [...new Map(clusters).values()];
}

interface Authenticated {
  readonly authentication?: Authentication;
}

function keys(ir: Ir, { authentication }: Authenticated): readonly JwksCluster[] {
  return (authentication?.issuers ?? []).flatMap(({ jwks }) => (jwks.type === 'uri' ? [jwksCluster(ir, jwks.uri)] : []));
}

function dependency({ service, port }: Dependency): Dependency {
  return { service, port };
}
