import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Returns a text that identifies this build by names, sizes and times of its files. Cached results of another build,
 * even of the same version, must not be used. Returns undefined for sources that run without a build.
 */
export function buildFingerprint(): string | undefined {
  const own = fileURLToPath(import.meta.url);
  if (!own.endsWith('.js')) return undefined;
  const folder = path.dirname(own);
  const hash = createHash('sha256').update(process.version);
  for (const name of readdirSync(folder).sort()) {
    const { size, mtimeMs } = lstatSync(path.join(folder, name));
    hash.update(`${name} ${String(size)} ${String(mtimeMs)}\n`);
  }
  return hash.digest('hex');
}
