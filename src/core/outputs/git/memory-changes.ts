import type { DeployedChange, DeployedTree } from '../../../ports/deployment-repository.ts';
import { attributesFile, isMemory } from './places.ts';

/**
 * Returns the changes that turn the memory of the parent commit into the memory of the seen commit with the collected
 * files: a new proposal may have a parent with another memory.
 */
export function memoryChanges(
  seen: DeployedTree | undefined,
  top: DeployedTree | undefined,
  pending: ReadonlyMap<string, string | undefined>,
): DeployedChange['files'] {
  const files = new Map(top === seen ? [] : moved(seen, top));
  for (const [path, text] of pending) files.set(path, text);
  for (const [path, content] of files)
    if (content === undefined && !top?.entries.has(path)) files.delete(path);
  if (!top?.entries.has(attributesFile)) files.set(attributesFile, '* -diff linguist-generated\n');
  return files;
}

function moved(seen: DeployedTree | undefined, top: DeployedTree | undefined): DeployedChange['files'] {
  const gone = memoryOf(top).map(([path]) => [path, undefined] as const);
  const kept = memoryOf(seen).map(([path, { object }]) => [path, { object }] as const);
  return new Map<string, { readonly object: string } | undefined>([...gone, ...kept]);
}

function memoryOf(tree: DeployedTree | undefined) {
  return [...(tree?.entries ?? [])].filter(([path]) => isMemory(path));
}
