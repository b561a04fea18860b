import type { Origin } from '../../location.ts';
import type { Json, ObjectArtifact } from '../artifact.ts';

/** The parts of a Kubernetes object. */
export interface ObjectParts {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for an object of the whole cluster. */
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
  const { apiVersion, kind, namespace, name, origins, spec } = parts;
  return {
    type: 'object',
    kind,
    namespace,
    name,
    origins,
    manifest: { apiVersion, kind, metadata: metadataOf(parts), spec },
  };
}

/** Returns the metadata of an object: its name, its manager and its document. */
export function metadataOf({
  namespace,
  name,
  from,
  labels,
  annotations,
}: Omit<ObjectParts, 'apiVersion' | 'kind' | 'spec'>): Readonly<Record<string, Json>> {
  return {
    name,
    ...(namespace !== '' && { namespace }),
    labels: { ...labels, 'app.kubernetes.io/managed-by': 'mesh' },
    annotations: { ...annotations, 'meshwright.dev/origin': from },
  };
}
