import type { CertificatesConfig } from './certificates.ts';
import type { External } from './external.ts';
import type { Gateway } from './gateway.ts';
import type { Guardrail } from './guardrail.ts';
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
 * The linked mesh: plain data in which all names are resolved and all defaults applied. References are ids, and each id
 * is a key of `services`, `externals` or `gateways`. Lists made from maps are sorted by name, so that the order of
 * files has no effect.
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
  /** The timeout of calls to a host that the mesh doesn't know, if egress is allowed, in milliseconds. */
  readonly unknownHostTimeout: number;
  readonly clusters: Readonly<Record<string, Cluster>>;
  readonly services: Readonly<Record<ServiceId, Service>>;
  readonly externals: Readonly<Record<ServiceId, External>>;
  readonly gateways: Readonly<Record<ServiceId, Gateway>>;
  readonly targets: Readonly<Record<string, TargetConfig>>;
  readonly telemetry: Telemetry;
  readonly rateLimiter?: RateLimiter;
  readonly certificates: CertificatesConfig;
  /** Base address of the Prometheus server that scrapes the proxies; absent if the mesh names none. */
  readonly prometheus?: string;
  /** Rollouts by `namespace/name`; absent if the mesh has none. */
  readonly rollouts?: Readonly<Record<string, Rollout>>;
  /** Guardrails in the order of their names; absent if the mesh has none. No target is compiled from them. */
  readonly guardrails?: readonly Guardrail[];
}
