import type { ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';
import type {
  AuthorizationPolicySpec,
  EgressNetworkSpec,
  HTTPLocalRateLimitPolicySpec,
  MeshTLSAuthenticationSpec,
  NetworkAuthenticationSpec,
  ServerSpec,
  TCPRouteSpec,
  TLSRouteSpec,
} from './crds/linkerd.gen.ts';

/** The API group of Linkerd's policies. */
export const policyGroup = 'policy.linkerd.io';

/** The API version of each kind that is Linkerd's own, or that Linkerd reads in another version than the Gateway API's. */
export const apiVersions = {
  AuthorizationPolicy: `${policyGroup}/v1alpha1`,
  EgressNetwork: `${policyGroup}/v1alpha1`,
  HTTPLocalRateLimitPolicy: `${policyGroup}/v1alpha1`,
  MeshTLSAuthentication: `${policyGroup}/v1alpha1`,
  NetworkAuthentication: `${policyGroup}/v1alpha1`,
  Server: `${policyGroup}/v1beta3`,
  TCPRoute: 'gateway.networking.k8s.io/v1alpha2',
  TLSRoute: 'gateway.networking.k8s.io/v1alpha2',
} as const;

interface Specs {
  readonly AuthorizationPolicy: AuthorizationPolicySpec;
  readonly EgressNetwork: EgressNetworkSpec;
  readonly HTTPLocalRateLimitPolicy: HTTPLocalRateLimitPolicySpec;
  readonly MeshTLSAuthentication: MeshTLSAuthenticationSpec;
  readonly NetworkAuthentication: NetworkAuthenticationSpec;
  readonly Server: ServerSpec;
  readonly TCPRoute: TCPRouteSpec;
  readonly TLSRoute: TLSRouteSpec;
}

/** A kind of object that Linkerd reads. */
export type Kind = keyof Specs;

/** The parts of an object that Linkerd reads; its `spec` is that of the CRD of its kind. */
export interface LinkerdObjectParts<K extends Kind>
  extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly kind: K;
  readonly spec: Specs[K];
}

/** Returns an object of one of these kinds. */
export function object<K extends Kind>(parts: LinkerdObjectParts<K>): ObjectArtifact {
  return kubernetesObject({ ...parts, apiVersion: apiVersions[parts.kind] });
}
