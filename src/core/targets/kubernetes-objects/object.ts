import type { Origin } from '../../location.ts';
import type { Json, ObjectArtifact } from '../artifact.ts';

/** The parts of a Kubernetes object. */
export interface ObjectParts {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /**
   * The document of the spec that the object comes from, as `KIND/NAMESPACE/NAME`: a line number would change with
   * every comment above it.
   */
  readonly from: string;
  /** Never empty. */
  readonly origins: readonly Origin[];
  /** Labels in addition to the one that names the manager. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations in addition to the one that names the document. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: Json;
}

/** Returns a Kubernetes object that names its manager in a label and its document in an annotation. */
export function object(parts: ObjectParts): ObjectArtifact {
  const { apiVersion, kind, namespace, name, from, origins, labels, annotations, spec } = parts;
  return {
    type: 'object',
    kind,
    namespace,
    name,
    origins,
    manifest: {
      apiVersion,
      kind,
      metadata: {
        name,
        namespace,
        labels: { ...labels, 'app.kubernetes.io/managed-by': 'mesh' },
        annotations: { ...annotations, 'meshwright.dev/origin': from },
      },
      spec,
    },
  };
}
