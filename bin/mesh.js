#!/usr/bin/env node
// Plain JavaScript of an old kind and a default import, so that a Node that is too old gets a sentence instead of a syntax error.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';

const program = new URL('../dist/main.js', import.meta.url);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`mesh needs Node.js 22.19 or newer; this is Node.js ${process.versions.node}.\n`);
  process.exitCode = 1;
} else if (!existsSync(program)) {
  process.stderr.write('mesh has not been built: run "npm run build" in its folder first.\n');
  process.exitCode = 1;
} else {
  enableCompileCache();
  import(program.href);
}

/** Keeps compiled code in the user's own cache: Node's default is the shared temporary directory, where others could plant code. */
function enableCompileCache() {
  const { HOME, LOCALAPPDATA, MESHWRIGHT_CACHE, NODE_COMPILE_CACHE } = process.env;
  const home = HOME ? join(HOME, '.cache', 'meshwright') : LOCALAPPDATA && join(LOCALAPPDATA, 'meshwright');
  const cache = MESHWRIGHT_CACHE || home;
  const directory = NODE_COMPILE_CACHE || (cache && join(cache, 'compile'));
  if (directory && module.enableCompileCache) module.enableCompileCache(directory);
}
