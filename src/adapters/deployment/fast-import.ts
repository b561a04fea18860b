import type { DeployedChange } from '../../ports/deployment-repository.ts';

/** The name and address of a commit's author. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** The ref that `fast-import` writes, in our own Git directory. */
export const madeRef = 'refs/heads/made';

/**
 * Returns the input of `git fast-import` (git-fast-import(1)) for the commit of a change: the tree of the first parent
 * with the files of the change below `folder`. Git reads and writes only the trees on the way to these files.
 */
export function fastImportText(folder: string, change: DeployedChange, identity: Identity): string {
  const { parents, files, message, at } = change;
  const [first, ...others] = parents;
  const when = `${String(Math.floor(at.getTime() / 1000))} +0000`;
  const person = `${plain(identity.name)} <${plain(identity.email)}> ${when}`;
  const lines = [
    `reset ${madeRef}`,
    // An empty line ends `reset`. Without `from` the commit has no parent.
    ...(first === undefined ? [''] : [`from ${first}`, '']),
    `commit ${madeRef}`,
    `author ${person}`,
    `committer ${person}`,
    data(message),
    ...(first === undefined ? [] : [`from ${first}`]),
    ...others.map((parent) => `merge ${parent}`),
  ];
  const prefix = folder === '' ? '' : `${folder}/`;
  for (const [path, content] of [...files].sort(byRemoval)) {
    const name = quoted(`${prefix}${path}`);
    if (content === undefined) lines.push(`D ${name}`);
    else if (typeof content === 'object') lines.push(`M 100644 ${content.object} ${name}`);
    else lines.push(`M 100644 inline ${name}`, data(content));
  }
  return `${lines.join('\n')}\n\ndone\n`;
}

type FileChange = readonly [string, DeployedChange['files'] extends ReadonlyMap<string, infer V> ? V : never];

/** Orders removals first, since a file may take the place of a folder. */
function byRemoval([a, one]: FileChange, [b, other]: FileChange): number {
  return Number(one !== undefined) - Number(other !== undefined) || (a < b ? -1 : 1);
}

function data(text: string): string {
  return `data ${String(Buffer.byteLength(text))}\n${text}`;
}

/** Returns a path as a C string, which can hold any byte. */
function quoted(path: string): string {
  return `"${path.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

/** Returns text without line breaks and angle brackets, which Git refuses in names. */
function plain(text: string): string {
  return text.replaceAll(/[\0-\x1f<>\x7f]/g, ' ').trim();
}
