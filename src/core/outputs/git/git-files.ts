import { sha256 } from '../../lib/sha256.ts';
import type { Artifact, Json, ObjectArtifact } from '../../targets/artifact.ts';
import { yamlText } from '../../targets/yaml-text.ts';
import { type Rendering, renderedObjects } from './rendered-objects.ts';

/** A file of the deployment repository, below the folder of the output. */
export interface GitFile {
  readonly path: string;
  readonly text: string;
  /** Digest of the text. */
  readonly version: string;
  /** The object as it stands in the file; absent for a file that lists others. */
  readonly artifact?: ObjectArtifact;
}

/** Files by path. */
export type GitFiles = ReadonlyMap<string, GitFile>;

/** The name of the file that lists objects, or folders, for kustomize, which Argo CD and Flux both read. */
const listFile = 'kustomization.yaml';

/**
 * Returns the files of a revision: one for each object, and lists of these files. The same revision gives the same
 * bytes. `objects` puts all objects into folders of namespaces below one list; `kinds` puts each kind into a folder
 * with its own list, so that Flux can apply the kinds one after the other.
 */
export function gitFiles(artifacts: readonly Artifact[], rendering: Rendering): GitFiles {
  const objects = renderedObjects(artifacts, rendering).map((artifact) => {
    const { namespace, name } = artifact;
    // Objects without a namespace are in `_cluster`, which is no valid name of a namespace.
    const [space, kind] = [namespace === '' ? '_cluster' : namespace, kindOf(artifact)];
    const path =
      rendering.layout === 'kinds' ? `${kind}/${space}/${name}.yaml` : `${space}/${kind}/${name}.yaml`;
    return fileOf(path, yamlText(artifact.manifest), artifact);
  });
  const paths = objects.map(({ path }) => path).sort();
  const lists = rendering.layout === 'kinds' ? listsOfKinds(paths) : [listOf('', paths)];
  const files = [...objects, ...lists].sort((a, b) => (a.path < b.path ? -1 : 1));
  return new Map(files.map((file) => [file.path, file]));
}

/** Returns the version of each file, by path. */
export function gitVersions(files: GitFiles): ReadonlyMap<string, string> {
  return new Map([...files].map(([path, { version }]) => [path, version]));
}

/** Returns the digest that a landing keeps of a text. */
export function textVersion(text: string): string {
  return sha256(text).slice(0, 16);
}

function listsOfKinds(paths: readonly string[]): readonly GitFile[] {
  const byKind = Map.groupBy(paths, (path) => path.slice(0, path.indexOf('/')));
  return [
    listOf('', [...byKind.keys()]),
    ...[...byKind].map(([kind, own]) =>
      listOf(
        `${kind}/`,
        own.map((path) => path.slice(kind.length + 1)),
      ),
    ),
  ];
}

function listOf(folder: string, resources: readonly string[]): GitFile {
  const list: Json = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources };
  return fileOf(`${folder}${listFile}`, yamlText(list));
}

function fileOf(path: string, text: string, artifact?: ObjectArtifact): GitFile {
  return { path, text, version: textVersion(text), ...(artifact && { artifact }) };
}

/**
 * Returns the name of a kind as kubectl takes it: `httproute.gateway.networking.k8s.io`; without a group for a kind of
 * the core.
 */
function kindOf({ kind, manifest }: ObjectArtifact): string {
  const { apiVersion } = manifest as { readonly apiVersion: string };
  const group = /^([^/]+)\//.exec(apiVersion)?.[1];
  return (group === undefined ? kind : `${kind}.${group}`).toLowerCase();
}
