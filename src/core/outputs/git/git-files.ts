import { jsonRecord } from '../../lib/json-record.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { Artifact, Json, ObjectArtifact } from '../../targets/artifact.ts';
import { yamlText } from '../../targets/yaml-text.ts';

/** A file of the deployment repository, below the folder of the output. */
export interface GitFile {
  readonly path: string;
  readonly text: string;
  /** Digest of the text. */
  readonly version: string;
  /** Absent for a file that lists others. */
  readonly artifact?: ObjectArtifact;
}

/** The name of the file that lists the objects for kustomize, which Argo CD and Flux both read. */
const listFile = 'kustomization.yaml';

/** Returns the files of a revision, by path: one an object, and the list of them. The same revision has the same bytes. */
export function gitFiles(artifacts: readonly Artifact[]): ReadonlyMap<string, GitFile> {
  const objects = artifacts
    .filter((one) => one.type === 'object')
    .map((artifact) => fileOf(pathOf(artifact), yamlText(artifact.manifest), artifact))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const list = fileOf(listFile, listText(objects.map(({ path }) => path)));
  return new Map([...objects, list].map((file) => [file.path, file]));
}

/** Returns the version of each file, by path. */
export function gitVersions(files: ReadonlyMap<string, GitFile>): ReadonlyMap<string, string> {
  return new Map([...files].map(([path, { version }]) => [path, version]));
}

/** Returns the digest of a text that a landing keeps. */
export function textVersion(text: string): string {
  return sha256(text).slice(0, 16);
}

function fileOf(path: string, text: string, artifact?: ObjectArtifact): GitFile {
  return { path, text, version: textVersion(text), ...(artifact && { artifact }) };
}

/** `<namespace>/<kind>.<group>/<name>.yaml`; no namespace is called `_cluster`, where objects without one stand. */
function pathOf({ namespace, kind, name, manifest }: ObjectArtifact): string {
  const { apiVersion } = jsonRecord(manifest);
  const group = typeof apiVersion === 'string' ? /^([^/]+)\//.exec(apiVersion)?.[1] : undefined;
  const kinds = group === undefined ? kind : `${kind}.${group}`;
  return `${namespace === '' ? '_cluster' : namespace}/${kinds.toLowerCase()}/${name}.yaml`;
}

function listText(resources: readonly string[]): string {
  const list: Json = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources };
  return yamlText(list);
}
