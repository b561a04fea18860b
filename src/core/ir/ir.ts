import type { CertificatesConfig } from './certificates.ts';
import type { External } from './external.ts';
import type { Gateway } from './gateway.ts';
import type { Node } from './node.ts';
import type { Rollout } from './rollout.ts';
import type { Service } from './service.ts';
import type { ServiceId } from './service-id.ts';
import type { TargetConfig } from './target-config.ts';
import type { RateLimiter, Telemetry } from './telemetry.ts';

/** A cluster of the mesh (`spec.clusters`). */
export interface Cluster extends Node {
  readonly name: string;
  readonly region?: string;
  readonly network?: string;
}

/**
 * The linked mesh: plain data with no names left to resolve and no defaults left to apply.
 * References are ids that are keys of `services`, `externals` or `gateways`; every id that occurs is there.
 * Lists that come from maps are sorted by name, so that the order of files means nothing.
 */
export interface Ir extends Node {
  /** Name of the mesh. */
  readonly name: string;
  /** The environment of the overlays in force; `default` without any. */
  readonly environment: string;
  readonly trustDomain: string;
  /** Mode of workloads without a mode of their own. */
  readonly mtls: Service['mtls'];
  /** Policy for hosts that no External names. */
  readonly egress: 'deny' | 'allow';
  /** Settings of a call to no service (an unknown host, with egress allowed), in milliseconds. */
  readonly unknownHostTimeout: number;
  readonly clusters: Readonly<Record<string, Cluster>>;
  readonly services: Readonly<Record<ServiceId, Service>>;
  readonly externals: Readonly<Record<ServiceId, External>>;
  readonly gateways: Readonly<Record<ServiceId, Gateway>>;
  readonly targets: Readonly<Record<string, TargetConfig>>;
  readonly telemetry: Telemetry;
  readonly rateLimiter?: RateLimiter;
  readonly certificates: CertificatesConfig;
  /** Rollouts by `namespace/name`; absent if the mesh has none. */
  readonly rollouts?: Readonly<Record<string, Rollout>>;
}
