import type { ObjectArtifact } from '../artifact.ts';
import { object as kubernetesObject, type ObjectParts } from '../kubernetes-objects/object.ts';
import type * as Smi05 from './crds/smi-0-5.gen.ts';
import type * as Smi06 from './crds/smi-0-6.gen.ts';
import type * as Nginx from './crds/smi-nginx-service-mesh.gen.ts';
import type { SmiKind, SmiRelease } from './releases.ts';

/** The `spec` of each kind, in any release. */
export interface SmiSpecs {
  readonly TrafficSplit: Smi05.TrafficSplitSpec | Smi06.TrafficSplitSpec | Nginx.TrafficSplitSpec;
  readonly TrafficTarget: Smi05.TrafficTargetSpec | Smi06.TrafficTargetSpec | Nginx.TrafficTargetSpec;
  readonly HTTPRouteGroup: Smi05.HTTPRouteGroupSpec | Smi06.HTTPRouteGroupSpec | Nginx.HTTPRouteGroupSpec;
  readonly TCPRoute: Smi06.TCPRouteSpec | Readonly<Record<string, never>>;
}

/** The parts of an object of SMI. */
export interface SmiObjectParts<K extends SmiKind> extends Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'> {
  readonly kind: K;
  readonly spec: SmiSpecs[K];
}

/** Returns an object of a kind of SMI in the API version of a release. */
export function smiObject<K extends SmiKind>(release: SmiRelease, parts: SmiObjectParts<K>): ObjectArtifact {
  return kubernetesObject({ ...parts, apiVersion: release[parts.kind] });
}
