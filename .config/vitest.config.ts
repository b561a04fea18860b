import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { CountReporter } from './count-reporter.ts';
import { SlowFirst } from './slow-first.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const seconds = 1000;

/** Conformance tests of what components accept: no request has a timeout to keep, so they run side by side. */
const accepting = [
  'edges',
  'envoy-accepts',
  'expressions',
  'istio-ambient',
  'istio-validation',
  'network',
  'pattern-limits',
].map((name) => `test/conformance/${name}.test.ts`);

/** Settings of tests on real components. */
const real = {
  testTimeout: 180 * seconds,
  hookTimeout: 180 * seconds,
  globalSetup: ['test/conformance/envoy.setup.ts', 'test/conformance/istio.setup.ts'],
};

/** The kinds of tests that have a folder and settings of their own; everything else is `unit`. */
const projects: Record<string, TestProjectInlineConfiguration['test']> = {
  house: { testTimeout: 180 * seconds },
  // Every case for every target and mode: many seconds, in which nothing waits.
  contract: { testTimeout: 180 * seconds, hookTimeout: 60 * seconds, isolate: false },
  // Large inputs whose work is counted.
  work: { testTimeout: 180 * seconds, isolate: false },
  property: { testTimeout: 300 * seconds },
  cli: { testTimeout: 180 * seconds, hookTimeout: 180 * seconds },
  crash: { testTimeout: 600 * seconds, hookTimeout: 180 * seconds },
  attack: { testTimeout: 600 * seconds, hookTimeout: 180 * seconds },
  'pre-commit': {
    testTimeout: 60 * seconds,
    globalSetup: ['test/pre-commit/pre-commit.setup.ts'],
  },
  kubernetes: {
    testTimeout: 120 * seconds,
    hookTimeout: 120 * seconds,
    // One API server for all files: each would see what the others write.
    fileParallelism: false,
    sequence: { groupOrder: 2 },
    globalSetup: ['test/kubernetes/kubernetes.setup.ts'],
  },
  components: { ...real, include: accepting },
  conformance: {
    ...real,
    exclude: accepting,
    // Times and shares are measured, and timeouts must hold: nothing else runs beside it.
    fileParallelism: false,
    sequence: { groupOrder: 1 },
  },
};

const folders = Object.keys(projects);

export default defineConfig({
  root,
  test: {
    reporters: ['default', new CountReporter()],
    // Most tests of the command wait for processes: one more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        root,
        test: {
          name: 'unit',
          // A loaded machine is no failure: a test that takes this long hangs.
          testTimeout: 60 * seconds,
          include: ['test/**/*.test.ts'],
          exclude: folders.map((folder) => `test/${folder}/**`),
          // Modules are loaded once a worker: what unit tests reach keeps no state.
          isolate: false,
        },
      },
      ...folders.map((name) => ({
        root,
        test: { name, include: [`test/${name}/**/*.test.ts`], ...projects[name] },
      })),
    ],
  },
});
