import type { Json } from '../../lib/json.ts';
import type { Origin } from '../../location.ts';
import type { Artifact } from '../artifact.ts';
import { object } from '../kubernetes-objects/object.ts';
import type {
  MeshCircuitBreakerSpec,
  MeshHTTPRouteSpec,
  MeshIdentitySpec,
  MeshLoadBalancingStrategySpec,
  MeshPassthroughSpec,
  MeshRateLimitSpec,
  MeshRetrySpec,
  MeshServiceSpec,
  MeshTCPRouteSpec,
  MeshTimeoutSpec,
  MeshTLSSpec,
  MeshTrafficPermissionSpec,
} from './crds/kuma.gen.ts';
import type { LoweringOptions } from './options.ts';

/** The API version of all of Kuma's kinds on Kubernetes. */
export const apiVersion = 'kuma.io/v1alpha1';

interface Specs {
  readonly MeshCircuitBreaker: MeshCircuitBreakerSpec;
  readonly MeshHTTPRoute: MeshHTTPRouteSpec;
  readonly MeshIdentity: MeshIdentitySpec;
  readonly MeshLoadBalancingStrategy: MeshLoadBalancingStrategySpec;
  readonly MeshPassthrough: MeshPassthroughSpec;
  readonly MeshRateLimit: MeshRateLimitSpec;
  readonly MeshRetry: MeshRetrySpec;
  readonly MeshService: MeshServiceSpec;
  readonly MeshTCPRoute: MeshTCPRouteSpec;
  readonly MeshTimeout: MeshTimeoutSpec;
  readonly MeshTLS: MeshTLSSpec;
  readonly MeshTrafficPermission: MeshTrafficPermissionSpec;
}

/** A kind of resource. */
export type Kind = keyof Specs;

/** Every kind, in order of the alphabet. */
export const kinds = [
  'MeshCircuitBreaker',
  'MeshHTTPRoute',
  'MeshIdentity',
  'MeshLoadBalancingStrategy',
  'MeshPassthrough',
  'MeshRateLimit',
  'MeshRetry',
  'MeshService',
  'MeshTCPRoute',
  'MeshTLS',
  'MeshTimeout',
  'MeshTrafficPermission',
] as const satisfies readonly Kind[];

/** The parts of a resource; its `spec` is that of the CRD of its kind. */
export interface ResourceParts<K extends Kind> {
  readonly kind: K;
  readonly name: string;
  /** The document of the spec, as `KIND/NAMESPACE/NAME`. */
  readonly from: string;
  /** Never empty. */
  readonly origins: readonly Origin[];
  readonly spec: Specs[K];
}

/**
 * Returns a resource as an object in the namespace of the control plane, where it holds for all callers, or as a file for
 * `kumactl apply`.
 */
export function resource<K extends Kind>(
  { kind, name, from, origins, spec }: ResourceParts<K>,
  { mode, mesh, systemNamespace }: LoweringOptions,
): Artifact {
  const labels = { 'kuma.io/mesh': mesh };
  if (mode === 'kubernetes')
    return object({ apiVersion, kind, namespace: systemNamespace, name, from, origins, labels, spec });
  const body: Json = spec;
  return {
    type: 'file',
    kind,
    name,
    namespace: '',
    origins,
    path: `resources/${kind.toLowerCase()}/${name}.json`,
    resource: { type: kind, name, mesh, labels: { 'app.kubernetes.io/managed-by': 'mesh' }, spec: body },
  };
}
