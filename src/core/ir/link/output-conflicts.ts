import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Output, TargetConfig } from '../target-config.ts';
import type { Linking } from './linking.ts';
import { locationOf, type SpecPlace } from './spec-place.ts';

export const messages = defineMessages({
  MESH2162: {
    severity: 'error',
    text: 'the targets {first} and {second} write to one place',
    explanation:
      "Each target owns the place that it writes to, and removes files that it no longer writes. Give each target a folder (branch, path, cluster) of its own that is not inside the other's.",
  },
});

/** Reports targets that write to the same folder, or one inside the folder of another. */
export function reportOutputConflicts(linking: Linking, targets: readonly TargetConfig[]): void {
  const trees = new Map<string, Tree>();
  for (const target of targets) {
    if (target.output === undefined) continue;
    const { space, elements } = placeOf(target.output, target.platform);
    const root = trees.get(space) ?? { inside: new Map() };
    trees.set(space, root);
    const other = enter(root, elements, target);
    if (other === undefined) continue;
    const values = { first: other.name, second: target.name };
    const related = [
      { location: locationOf(outputAt(linking, other)), message: `the output of ${other.name}` },
    ];
    linking.report(finding(messages, 'MESH2162', locationOf(outputAt(linking, target)), values, { related }));
  }
}

interface Tree {
  target?: TargetConfig;
  readonly inside: Map<string, Tree>;
}

/** Puts a target into the tree; returns another target at, above or below its place. */
function enter(root: Tree, elements: readonly string[], target: TargetConfig): TargetConfig | undefined {
  let node = root;
  for (const element of elements) {
    if (node.target !== undefined) return node.target;
    const next = node.inside.get(element) ?? { inside: new Map<string, Tree>() };
    node.inside.set(element, next);
    node = next;
  }
  const other = node.target ?? anyInside(node);
  node.target ??= target;
  return other;
}

function anyInside({ inside }: Tree): TargetConfig | undefined {
  for (const node of inside.values()) {
    const found = node.target ?? anyInside(node);
    if (found !== undefined) return found;
  }
  return undefined;
}

function placeOf(
  output: Output,
  platform: string,
): { readonly space: string; readonly elements: readonly string[] } {
  switch (output.type) {
    case 'kubernetes':
      // Meshes of different kinds own different objects: both may share a cluster, for example during a migration.
      return { space: JSON.stringify(['kubernetes', output.context ?? '']), elements: [platform] };
    case 'directory':
      return {
        space: output.path.startsWith('/') ? 'absolute' : 'relative',
        elements: normalised(output.path),
      };
    case 'git':
      return {
        space: JSON.stringify(['git', output.repository, output.branch]),
        elements: normalised(output.path),
      };
  }
}

function normalised(path: string): readonly string[] {
  const elements: string[] = [];
  for (const element of path.split('/')) {
    if (element === '' || element === '.') continue;
    if (element === '..' && elements.length > 0 && elements.at(-1) !== '..') elements.pop();
    else elements.push(element);
  }
  return elements;
}

function outputAt(linking: Linking, { name }: TargetConfig): SpecPlace {
  const target = linking.mesh.targets?.[name];
  return target === undefined ? { container: linking.mesh } : { container: target, key: 'output' };
}
