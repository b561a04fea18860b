import { access } from 'node:fs/promises';

/** Returns true if a path exists. */
export function pathExists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
