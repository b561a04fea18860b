import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Returns the path of an installed Envoy from ENVOY, the PATH or the cache; downloads nothing. */
export function foundEnvoy(): string | undefined {
  const { ENVOY, PATH = '', MESHWRIGHT_CACHE } = process.env;
  const cache = MESHWRIGHT_CACHE ?? path.join(homedir(), '.cache', 'meshwright');
  const cached = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('envoy-')) : [];
  const places = [
    ...(ENVOY ? [ENVOY] : []),
    ...PATH.split(path.delimiter).map((folder) => path.join(folder, 'envoy')),
    ...cached
      .sort()
      .reverse()
      .map((name) => path.join(cache, name, 'envoy')),
  ];
  return places.find((place) => existsSync(place) && spawnSync(place, ['--version']).status === 0);
}
