import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';
import { bundledLicenses } from './bundled-licenses.ts';
import { withoutTypedApi } from './cluster-client.ts';

/**
 * The bundle holds all code that runs, split by command: no package is installed along with ours, and no chunk loads
 * unasked.
 */
export default defineConfig({
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  entry: {
    main: 'src/main.ts',
    'compile-cache': 'src/adapters/compile-cache.ts',
    index: 'src/index.ts',
    'file-writer-thread': 'src/adapters/file-writer-thread.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  fixedExtension: false,
  // Names without hashes stay the same from build to build, so that a build doesn't pull files from under a run.
  hash: false,
  clean: false,
  dts: { entry: 'src/index.ts' },
  define: { 'process.env.NODE_ENV': '"production"' },
  // ink's own debugging asks for it; nobody has it installed.
  deps: { onlyBundle: false, neverBundle: ['react-devtools-core'] },
  plugins: [withoutTypedApi(), bundledLicenses()],
  report: false,
  logLevel: 'warn',
});
