import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import type { Source, UnreadableSource } from '../core/source/source.ts';
import type { NativeFolder } from '../ports/native-folder.ts';
import { PortError } from '../ports/port-error.ts';
import { reasonOf } from './file-error.ts';
import { fileTree } from './file-tree.ts';

const nativeFile = /\.(?:ya?ml|json)$/;

/** Reads native configuration from the files of this machine. */
export const nativeFolder: NativeFolder = async (named, workingDirectory) => {
  const place = path.resolve(workingDirectory, named);
  const isFolder = folderAt(place, named);
  const root = isFolder ? place : path.dirname(place);
  const files = isFolder ? (await walk(root, '', named)).sort() : [path.basename(place)];
  const prefix = isFolder ? named : path.dirname(named);
  const tree = fileTree(root);
  const results = files.map((file) => {
    const result = tree.read(file);
    return { ...result, file: path.join(prefix, file).split(path.sep).join('/') };
  });
  return {
    sources: results.filter((result): result is Source => 'bytes' in result),
    unreadable: results.filter((result): result is UnreadableSource => 'problem' in result),
  };
};

function folderAt(place: string, named: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch (cause) {
    throw new PortError(`${named} can't be read (${reasonOf(cause)})`, exit.failed, { cause });
  }
}

/** Returns the files of configuration below a folder, without dot-folders; links to folders are not entered. */
async function walk(root: string, folder: string, named: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch((cause: unknown) => {
    throw new PortError(`${path.join(named, folder)} can't be read (${reasonOf(cause)})`, exit.failed, {
      cause,
    });
  });
  const found: string[] = [];
  for (const entry of entries) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules')
        found.push(...(await walk(root, name, named)));
    } else if (nativeFile.test(entry.name)) found.push(name);
  }
  return found;
}
