import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';
import { bundledLicenses } from './bundled-licenses.ts';
import { cheapBuiltins } from './cheap-builtins.ts';
import { chunkGroups } from './chunk-groups.ts';
import { withoutTypedApi } from './cluster-client.ts';

/**
 * The bundle holds all code that runs, split by command: no other package is installed with it, and each command loads
 * only its own chunks.
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
  // Names without hashes stay the same: a rebuild doesn't remove the chunks of a running process.
  hash: false,
  clean: false,
  dts: { entry: 'src/index.ts' },
  define: { 'process.env.NODE_ENV': '"production"' },
  // Only ink's debugging imports this package, and it is not installed.
  deps: { onlyBundle: false, neverBundle: ['react-devtools-core'] },
  outputOptions: { codeSplitting: { groups: chunkGroups } },
  plugins: [cheapBuiltins(), withoutTypedApi(), bundledLicenses()],
  report: false,
  logLevel: 'warn',
});
