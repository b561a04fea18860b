import { canonicalJson } from '../lib/canonical-json.ts';
import { jsonRecord } from '../lib/json-record.ts';
import { sha256 } from '../lib/sha256.ts';
import type { Artifact, FileArtifact, Json, ObjectArtifact } from '../targets/artifact.ts';

/** An artifact whose content is written unchanged; certificates get their content when they are written. */
export type WrittenArtifact = FileArtifact | ObjectArtifact;

/**
 * Returns the name of an artifact in plans: `<file>#<kind>/<name>` of a resource, `<group>/<Kind>/<namespace>/<name>`
 * of an object.
 */
function refOf(artifact: WrittenArtifact): string {
  const { kind, name, namespace } = artifact;
  if (artifact.type === 'file') return `${artifact.path}#${kind}/${name}`;
  const { group } = apiOf(artifact);
  return [group === '' ? 'core' : group, kind, ...(namespace === '' ? [] : [namespace]), name].join('/');
}

/** Returns the content of an artifact that is compared and digested. */
export function contentOf(artifact: WrittenArtifact): Json {
  return artifact.type === 'file' ? artifact.resource : artifact.manifest;
}

/** Returns the digest of an artifact's content. */
export function contentDigest(artifact: WrittenArtifact): string {
  return sha256(canonicalJson(contentOf(artifact))).slice(0, 16);
}

/** Returns the written content of artifacts, by ref. */
export function writtenByRef(artifacts: readonly Artifact[]): ReadonlyMap<string, WrittenArtifact> {
  return new Map(
    artifacts.flatMap((one) => (one.type === 'certificate' ? [] : [[refOf(one), one] as const])),
  );
}

/** Returns the API group of an object; empty for the core group. */
function apiOf({ manifest }: ObjectArtifact): { readonly group: string } {
  const version = jsonRecord(manifest)['apiVersion'];
  const text = typeof version === 'string' ? version : '';
  return { group: text.includes('/') ? text.slice(0, text.indexOf('/')) : '' };
}
