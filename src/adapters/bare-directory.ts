import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes an empty Git directory for this user alone, without the templates and hooks that `git init` would copy. */
export function makeBareDirectory(folder: string): void {
  mkdirSync(folder, { mode: 0o700 });
  for (const name of ['objects', 'refs']) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(path.join(folder, 'config'), '[core]\nrepositoryformatversion = 0\nbare = true\n');
}
