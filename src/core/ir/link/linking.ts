import type { Report } from '../../diagnostics/message.ts';
import type { Spec } from '../../spec/spec.ts';
import type { MeshSpec } from '../../spec/types.gen.ts';
import type { InstanceId } from './instance-ids.ts';
import type { Names } from './names.ts';

/** Data that all parts of linking use: the whole spec, its Mesh, the names, and the receiver of findings. */
export interface Linking {
  readonly spec: Spec;
  /** The `spec` of the Mesh document. */
  readonly mesh: MeshSpec;
  readonly names: Names;
  readonly instanceId: InstanceId;
  readonly report: Report;
}
