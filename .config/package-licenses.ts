import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedLicenses } from './embedded-licenses.ts';

/** The licence of a package, and of code inside of it, each as a heading and its texts. */
export interface PackageLicense {
  /** `name version (licence)`. */
  readonly heading: string;
  /** Empty if the package has no licence text and none is known. */
  readonly texts: readonly string[];
}

/**
 * Returns the licences of the package in a folder: its own files, its notices of third-party code, and known embedded
 * code.
 */
export function packageLicenses(folder: string): readonly PackageLicense[] {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly [field: string]: unknown;
  };
  const files = readdirSync(folder)
    .filter((entry) => /^(?:licen[cs]e|copying|notice|copyrightnotice|third-?party)/i.test(entry))
    .sort();
  const embedded = embeddedLicenses[String(name)] ?? [];
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [
    {
      heading: `${String(name)} ${String(version)} (${String(license)})`,
      // Without a file of its own, the package has the text of the embedded project.
      texts: texts.length > 0 ? texts : embedded.slice(0, 1).map(({ text }) => text),
    },
    ...embedded.map((code) => ({
      heading: `${code.name}, in ${String(name)} ${String(version)} (${code.license})`,
      texts: [code.text],
    })),
  ];
}

/** Returns the folder of the package that a module belongs to; undefined if the module is our own. */
export function packageFolder(module: string): string | undefined {
  return /^[^\0]*(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module.replaceAll('\\', '/'))?.[0];
}
