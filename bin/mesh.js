#!/usr/bin/env node
// Plain JavaScript of an old kind, so that a Node that is too old gets a sentence instead of a syntax error. An import of
// node:fs would load all of its parts, which takes longer than the rest of this file.
const program = new URL('../dist/main.js', import.meta.url);
const cache = new URL('../dist/compile-cache.js', import.meta.url);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  refuse(`mesh needs Node.js 22.19 or newer; this is Node.js ${process.versions.node}.`);
} else {
  import(cache.href).then(
    ({ enableCompileCache }) => {
      const problem = enableCompileCache();
      if (problem) refuse(`mesh: ${problem}`);
      else import(program.href);
    },
    (error) => {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
      refuse('mesh has not been built: run "npm run build" in its folder first.');
    },
  );
}

function refuse(why) {
  process.stderr.write(`${why}\n`);
  process.exitCode = 1;
}
