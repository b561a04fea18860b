import type { ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';
import type { CiliumNetworkPolicySpec } from './crds/cilium.gen.ts';

/** The API version of each kind of Cilium's own that is written. */
export const apiVersions = { CiliumNetworkPolicy: 'cilium.io/v2' } as const;

/** The parts of a CiliumNetworkPolicy. */
export interface PolicyParts extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly spec: CiliumNetworkPolicySpec;
}

/** Returns a CiliumNetworkPolicy. */
export function policy(parts: PolicyParts): ObjectArtifact {
  const kind = 'CiliumNetworkPolicy';
  return kubernetesObject({ ...parts, kind, apiVersion: apiVersions[kind] });
}
