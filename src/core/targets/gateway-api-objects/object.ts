import type { ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';
import type {
  BackendTLSPolicySpec,
  GatewaySpec,
  GRPCRouteSpec,
  HTTPRouteSpec,
  ListenerSetSpec,
  ReferenceGrantSpec,
  TCPRouteSpec,
  TLSRouteSpec,
} from './gateway-api.gen.ts';

/** The API group of a reference to a Gateway or a route. */
export const apiGroup = 'gateway.networking.k8s.io';

/** The API version of each kind that is written; implementations read ReferenceGrants in the stored one. */
export const apiVersions = {
  BackendTLSPolicy: `${apiGroup}/v1`,
  Gateway: `${apiGroup}/v1`,
  GRPCRoute: `${apiGroup}/v1`,
  HTTPRoute: `${apiGroup}/v1`,
  ListenerSet: `${apiGroup}/v1`,
  ReferenceGrant: `${apiGroup}/v1beta1`,
  TCPRoute: `${apiGroup}/v1`,
  TLSRoute: `${apiGroup}/v1`,
} as const;

interface Specs {
  readonly BackendTLSPolicy: BackendTLSPolicySpec;
  readonly Gateway: GatewaySpec;
  readonly GRPCRoute: GRPCRouteSpec;
  readonly HTTPRoute: HTTPRouteSpec;
  readonly ListenerSet: ListenerSetSpec;
  readonly ReferenceGrant: ReferenceGrantSpec;
  readonly TCPRoute: TCPRouteSpec;
  readonly TLSRoute: TLSRouteSpec;
}

/** A kind of the Gateway API. */
export type Kind = keyof Specs;

/** The parts of an object of the Gateway API; its `spec` is that of the CRD of its kind. */
export interface GatewayApiObjectParts<K extends Kind>
  extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly kind: K;
  readonly spec: Specs[K];
}

/** Returns an object of the Gateway API. */
export function object<K extends Kind>(parts: GatewayApiObjectParts<K>): ObjectArtifact {
  return kubernetesObject({ ...parts, apiVersion: apiVersions[parts.kind] });
}
