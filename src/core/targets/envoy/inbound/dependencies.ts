import type { Authentication } from '../../../ir/authentication.ts';
import type { Ir } from '../../../ir/ir.ts';
import { reportedTelemetry } from '../../../ir/reported-telemetry.ts';
import type { Service } from '../../../ir/service.ts';
import type { ServiceId } from '../../../ir/service-id.ts';
import type { Json } from '../../artifact.ts';
import type { Machine } from '../external-cluster.ts';
import { jwksCluster, jwksSource } from '../tokens/jwks.ts';

/** A port of a service that a proxy itself calls, over the cluster of all versions. */
export interface Dependency {
  readonly service: ServiceId;
  readonly port: string;
}

/**
 * Returns the destinations that the checks of a server (a service or a gateway) and its telemetry call, whose clusters
 * its proxies need.
 */
export function inboundDependencies(ir: Ir, owner: Authenticated): readonly Dependency[] {
  const { accessLog, tracing } = reportedTelemetry(ir, owner);
  const asked = owner.authentication?.externalAuthorization;
  return [
    ...(asked === undefined ? [] : [dependency(asked)]),
    ...keyUris(owner).flatMap((uri) => jwksSource(ir, uri).inside ?? []),
    ...(accessLog?.output.type === 'otlp' ? [dependency(accessLog.output)] : []),
    ...(tracing === undefined ? [] : [dependency(tracing.otlp)]),
  ];
}

/** Returns clusters that the checks of a server need in addition to those of services; two issuers may share one. */
export function inboundClusters(ir: Ir, owner: Authenticated, machine: Machine): readonly Json[] {
  const outside = keyUris(owner).filter((uri) => jwksSource(ir, uri).inside === undefined);
  return [
    ...new Map(outside.map((uri) => [jwksSource(ir, uri).name, jwksCluster(ir, uri, machine)])).values(),
  ];
}

interface Authenticated extends Pick<Service, 'telemetry'> {
  readonly authentication?: Authentication;
}

function keyUris({ authentication }: Authenticated): readonly string[] {
  return (authentication?.issuers ?? []).flatMap(({ jwks }) => (jwks.type === 'uri' ? [jwks.uri] : []));
}

function dependency({ service, port }: Dependency): Dependency {
  return { service, port };
}
