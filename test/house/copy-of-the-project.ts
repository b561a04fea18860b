import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Returns a copy of the sources and the tools' configuration in a temporary folder; these texts are appended to these
 * files.
 */
export function copyOfTheProject(planted: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'meshwright-house-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const part of ['src', '.config', 'schemas', 'package.json', 'tsconfig.json']) {
    cpSync(part, join(root, part), { recursive: true });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  for (const [file, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    appendFileSync(join(root, file), text);
  }
  return root;
}
