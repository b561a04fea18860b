import { chmodSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

const setGroup = 0o2000;

/**
 * Makes a folder and its missing parents, with exactly this mode despite the umask; a setgid bit stays. Existing
 * folders keep their mode. Returns the topmost new folder, or undefined if all existed.
 */
export function makeFolder(folder: string, mode: number): string | undefined {
  const first = mkdirSync(folder, { recursive: true, mode });
  if (first === undefined) return undefined;
  for (let at = path.resolve(folder); at.length >= first.length; at = path.dirname(at))
    chmodSync(at, mode | (statSync(at).mode & setGroup));
  return first;
}
