import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';

/** Everything that runs is bundled and split by command: nothing is installed with the package and nothing loads unasked. */
export default defineConfig({
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  entry: ['src/main.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  fixedExtension: false,
  hash: false,
  clean: false,
  dts: false,
  report: false,
  logLevel: 'warn',
});
