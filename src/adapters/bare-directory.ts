import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The algorithm that names the objects of a repository (git-config(1): `extensions.objectFormat`). */
export type ObjectFormat = 'sha1' | 'sha256';

/** Makes an empty Git directory for this user alone, without the templates and hooks that `git init` would copy. */
export function makeBareDirectory(folder: string, format: ObjectFormat = 'sha1'): void {
  mkdirSync(folder, { mode: 0o700 });
  for (const name of ['objects', 'refs']) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  const extensions = `[core]\nrepositoryformatversion = 1\nbare = true\n[extensions]\nobjectFormat = ${format}\n`;
  writeFileSync(path.join(folder, 'config'), extensions);
}
