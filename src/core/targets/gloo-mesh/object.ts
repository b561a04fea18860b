import type { ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';
import type {
  ActiveHealthCheckPolicySpec,
  RateLimitClientConfigSpec,
  RateLimitPolicySpec,
  RateLimitServerConfigSpec,
  RateLimitServerSettingsSpec,
  WorkspaceSettingsSpec,
  WorkspaceSpec,
} from './crds/gloo-mesh.gen.ts';

/** The API version of each kind of Gloo Mesh that is written. */
export const apiVersions = {
  ActiveHealthCheckPolicy: 'resilience.policy.gloo.solo.io/v2',
  RateLimitClientConfig: 'trafficcontrol.policy.gloo.solo.io/v2',
  RateLimitPolicy: 'trafficcontrol.policy.gloo.solo.io/v2',
  RateLimitServerConfig: 'admin.gloo.solo.io/v2',
  RateLimitServerSettings: 'admin.gloo.solo.io/v2',
  Workspace: 'admin.gloo.solo.io/v2',
  WorkspaceSettings: 'admin.gloo.solo.io/v2',
} as const;

interface Specs {
  readonly ActiveHealthCheckPolicy: ActiveHealthCheckPolicySpec;
  readonly RateLimitClientConfig: RateLimitClientConfigSpec;
  readonly RateLimitPolicy: RateLimitPolicySpec;
  readonly RateLimitServerConfig: RateLimitServerConfigSpec;
  readonly RateLimitServerSettings: RateLimitServerSettingsSpec;
  readonly Workspace: WorkspaceSpec;
  readonly WorkspaceSettings: WorkspaceSettingsSpec;
}

/** The parts of an object of Gloo Mesh; its `spec` is that of the CRD of its kind. */
export interface GlooObjectParts<K extends keyof Specs>
  extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly kind: K;
  readonly spec: Specs[K];
}

/** Returns an object of Gloo Mesh. */
export function object<K extends keyof Specs>(parts: GlooObjectParts<K>): ObjectArtifact {
  return kubernetesObject({ ...parts, apiVersion: apiVersions[parts.kind] });
}
