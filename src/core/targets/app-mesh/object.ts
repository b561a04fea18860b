import type { ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';
import type {
  GatewayRouteSpec,
  MeshSpec,
  VirtualGatewaySpec,
  VirtualNodeSpec,
  VirtualRouterSpec,
  VirtualServiceSpec,
} from './crds/app-mesh.gen.ts';

/** The version of App Mesh's CRDs. */
const version = 'appmesh.k8s.aws/v1beta2';

/** The API version of each kind that is written. */
export const apiVersions = {
  GatewayRoute: version,
  Mesh: version,
  VirtualGateway: version,
  VirtualNode: version,
  VirtualRouter: version,
  VirtualService: version,
} as const;

/** The `spec` of each kind. */
export interface Specs {
  readonly GatewayRoute: GatewayRouteSpec;
  readonly Mesh: MeshSpec;
  readonly VirtualGateway: VirtualGatewaySpec;
  readonly VirtualNode: VirtualNodeSpec;
  readonly VirtualRouter: VirtualRouterSpec;
  readonly VirtualService: VirtualServiceSpec;
}

/** A kind of App Mesh's objects. */
export type Kind = keyof Specs;

/** The parts of an object of App Mesh; its `spec` is that of the CRD of its kind. */
export interface AppMeshObjectParts<K extends Kind>
  extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly kind: K;
  readonly spec: Specs[K];
}

/** Returns an object of App Mesh. */
export function object<K extends Kind>(parts: AppMeshObjectParts<K>): ObjectArtifact {
  return kubernetesObject({ ...parts, apiVersion: apiVersions[parts.kind] });
}
