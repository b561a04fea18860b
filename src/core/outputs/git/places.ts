/** The folder of an output's memory, below the output's own. */
export const memoryFolder = '.mesh';

/** The file that names the step in force; the record of the step is beside it. */
export const currentFile = `${memoryFolder}/current.json`;

/** The file that hides the memory in the differences that people review. */
export const attributesFile = `${memoryFolder}/.gitattributes`;

/** Returns true for a file of the output's memory. */
export function isMemory(path: string): boolean {
  return path.startsWith(`${memoryFolder}/`);
}

/** Returns true for a small file of the memory: all but the snapshots of whole revisions. */
export function isRecord(path: string): boolean {
  return isMemory(path) && !path.startsWith(`${memoryFolder}/snapshots/`);
}

/** Returns the path of a folder as Git writes it: from the top, without `.`, `..` and slashes at its ends. */
export function folderOf(path: string): string {
  const elements: string[] = [];
  for (const element of path.split('/')) {
    if (element === '' || element === '.') continue;
    if (element === '..') elements.pop();
    else elements.push(element);
  }
  return elements.join('/');
}

/** Returns the branch that a proposal of an inventory is pushed to. */
export function proposalBranch(inventory: string): string {
  return `mesh/${inventory}`;
}
