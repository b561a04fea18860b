import module from 'node:module';
import path from 'node:path';
import { escapeControl } from '../core/lib/escape-control.ts';
import { cacheFolder } from './cache-folder.ts';
import { isOwnFolder } from './own-folder.ts';

/**
 * Keeps compiled code in the user's own cache. Node runs the code that it finds there, so a folder that others can
 * write is not used. Returns the reason why the program must stop if NODE_COMPILE_CACHE names such a folder: Node
 * already uses it.
 */
export function enableCompileCache(): string | undefined {
  const inUse = module.getCompileCacheDir();
  if (inUse !== undefined) {
    const named = process.env['NODE_COMPILE_CACHE'] ?? inUse;
    return path.isAbsolute(named) && isOwnFolder(inUse)
      ? undefined
      : `NODE_COMPILE_CACHE names ${escapeControl(JSON.stringify(named))}, from where Node runs code that others could have written: unset it, or name an absolute folder that you alone may write.`;
  }
  const cache = cacheFolder();
  const folder = cache === undefined ? undefined : path.join(cache, 'compile');
  if (folder !== undefined && isOwnFolder(folder, 'made')) module.enableCompileCache(folder);
  return undefined;
}
