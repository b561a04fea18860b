import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Location } from '../../location.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Output as WrittenOutput } from '../../spec/types.gen.ts';
import type { Linking } from './linking.ts';
import { locationOf, type SpecPlace } from './spec-place.ts';

export const messages = defineMessages({
  MESH2347: {
    severity: 'error',
    text: 'the output {path} leads out of {tree}',
    explanation:
      'A relative path stays below the folder of mesh.yaml, and the path of a Git output below the top of its repository, so that nothing else is written over. Name a folder below it; a directory may also be an absolute path.',
  },
  MESH2348: {
    severity: 'error',
    text: 'the output {path} lies in a Git directory',
    explanation:
      'Git runs hooks and reads settings and refs in `.git`, in upper or lower case, and in bare repositories. Name a folder outside.',
  },
});

/**
 * Reports an output that no delivery may write to: its path leads out of the root or the repository, or into `.git`.
 */
export function reportOutputPlace({ report }: Linking, output: WrittenOutput): void {
  for (const { path, tree, at } of writtenPaths(output)) {
    const elements = path.split('/').filter((element) => element !== '' && element !== '.');
    if (!path.startsWith('/') && leadsOut(elements))
      report(finding(messages, 'MESH2347', locationOf(at), { path: JSON.stringify(path), tree }));
    else if (elements.some((element) => element.toLowerCase() === '.git'))
      report(finding(messages, 'MESH2348', locationOf(at), { path: JSON.stringify(path) }));
  }
}

/** A directory that a target is delivered to, as written. */
export interface OutputFolder {
  /** Relative to the root, or absolute. */
  readonly path: string;
  readonly location: Location;
}

/** Returns the directories that the targets of a spec are delivered to. */
export function outputFolders(spec: Spec): readonly OutputFolder[] {
  const targets = Object.values(spec.mesh.value.spec.targets ?? {});
  return targets.flatMap(({ output }) =>
    output?.directory === undefined
      ? []
      : writtenPaths(output)
          .slice(0, 1)
          .map(({ path, at }) => ({ path, location: locationOf(at) })),
  );
}

/** Returns the finding that a directory lies in a Git directory, even if its path has no `.git`. */
export function insideGitDirectory({ path, location }: OutputFolder): Diagnostic {
  return finding(messages, 'MESH2348', location, { path: JSON.stringify(path) });
}

function leadsOut(elements: readonly string[]): boolean {
  let depth = 0;
  for (const element of elements) {
    depth += element === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

interface WrittenPath {
  readonly path: string;
  readonly tree: string;
  readonly at: SpecPlace;
}

function writtenPaths(output: WrittenOutput): readonly WrittenPath[] {
  const { directory, path, git } = output;
  const folder = 'the folder of mesh.yaml';
  const top = 'the deployment repository';
  return [
    ...(typeof directory === 'string' ? [pathAt(directory, folder, output, 'directory')] : []),
    ...(typeof directory === 'object' ? [pathAt(directory.path, folder, directory, 'path')] : []),
    ...(path === undefined ? [] : [pathAt(path, folder, output, 'path')]),
    ...(git?.path === undefined ? [] : [pathAt(git.path, top, git, 'path')]),
  ];
}

function pathAt(path: string, tree: string, container: object, key: string): WrittenPath {
  return { path, tree, at: { container, key } };
}
