import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder, packageLicenses } from './package-licenses.ts';

/**
 * Returns the notices that LICENSES.txt of a built folder lacks, one on each line. Compares the file with the code in
 * the folder, in which the bundler names the module of each part. `project` is the folder that holds node_modules.
 */
export function missingLicenses(dist: string, project: string): readonly string[] {
  const notices = squeezed(readFileSync(join(dist, 'LICENSES.txt'), 'utf8'));
  const modules = bundledModules(dist).filter((module) => packageFolder(module) !== undefined);
  // No module is found if the bundler has changed the form of these names.
  if (modules.length < 100) return [`${dist}: only ${String(modules.length)} modules of packages are named`];
  const folders = [...new Set(modules.flatMap((module) => packageFolder(module) ?? []))];
  return [
    ...folders.flatMap((folder) => missingOfPackage(join(project, folder), notices)),
    ...modules.flatMap((module) => missingOfModule(module, project, notices)),
  ];
}

/** Returns the modules that the code of a built folder comes from, relative to the project. */
function bundledModules(dist: string): readonly string[] {
  const files = readdirSync(dist).filter((file) => file.endsWith('.js'));
  const texts = files.map((file) => readFileSync(join(dist, file), 'utf8'));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/^\/\/#region (.+)$/gm)].map(([, name]) => name ?? ''),
  );
  return [...new Set(named)].sort();
}

function missingOfPackage(folder: string, notices: string): readonly string[] {
  return packageLicenses(folder).flatMap(({ heading, texts }) => {
    if (!notices.includes(squeezed(heading))) return [`${heading}: no entry`];
    if (texts.length === 0)
      return [`${heading}: the package has no licence text; put one into embedded-licenses.ts`];
    return texts.every((text) => notices.includes(squeezed(text)))
      ? []
      : [`${heading}: its text is incomplete`];
  });
}

/** Holders of rights whom the source of a module names, and projects that it was copied from. */
function missingOfModule(module: string, project: string, notices: string): readonly string[] {
  const file = join(project, module.replace(/\?.*$/, ''));
  if (!existsSync(file)) return [];
  const comments = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.length < 1000 && /^\s*(?:\/\/|\/?\*|Copyright)/.test(line));
  const holders = comments.flatMap(
    (line) => holder.exec(line.replace(/\.? all rights reserved\.?/i, ''))?.[1]?.replace(/\.$/, '') ?? [],
  );
  const copied = comments.flatMap((line) => origin.exec(line)?.[1]?.replace(/^.*\//, '') ?? []);
  return [...new Set([...holders, ...copied])]
    .filter((name) => !notices.includes(squeezed(name)))
    .map((name) => `${module}: names ${name}`);
}

/** `Copyright (c) 2014-2022, GMO GlobalSign`, `MIT License (c) 2022 Paul Miller (paulmillr.com)`. */
const holder =
  /(?:copyright (?:\(c\)|©)?|\(c\)) ?(?:\d{4}(?: ?[-–] ?(?:\d{4}|present))?,? ?)?((?!holder|notice|owner)[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*)/i;

const origin = /\b(?:from|copied|adapted|ported)\b.*?:?.*github\.com\/([\w.-]+\/[\w.-]+)\/blob\//i;

function squeezed(text: string): string {
  return text
    .replace(/[\s*]+/g, ' ')
    .trim()
    .toLowerCase();
}
