import { jsonRecord } from '../../lib/json-record.ts';
import type { Json, ObjectArtifact } from '../artifact.ts';

/** Returns the `spec` of an object. */
export function specOf({ manifest }: ObjectArtifact): Readonly<Record<string, unknown>> {
  return jsonRecord(jsonRecord(manifest)['spec']);
}

/** Returns an object with another `spec`. */
export function withSpec(artifact: ObjectArtifact, spec: Readonly<Record<string, unknown>>): ObjectArtifact {
  return { ...artifact, manifest: { ...jsonRecord(artifact.manifest), spec: spec as Json } };
}
