import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { CountReporter } from './count-reporter.ts';
import { SlowFirst } from './slow-first.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const seconds = 1000;

/**
 * Conformance tests that run alone: they measure times, need a proxy to keep a short timeout, or start many Envoys at once, of
 * which each takes inotify instances (Linux gives a user 128).
 */
const measuring = [
  'behaviour-asked',
  'behaviour-balancing',
  'behaviour-failing',
  'behaviour-limits',
  'behaviour-locality',
  'istio-limits',
  'rotation',
  'suites',
  'witnesses',
].map((name) => `test/conformance/${name}.test.ts`);

/** Settings of tests on real components. */
const real = {
  testTimeout: 180 * seconds,
  hookTimeout: 180 * seconds,
  globalSetup: [
    'test/conformance/envoy.setup.ts',
    'test/conformance/istio.setup.ts',
    'test/conformance/policies.setup.ts',
    'test/conformance/consul.setup.ts',
  ],
};

/** The kinds of tests that have a folder and settings of their own; everything else is `unit`. */
const projects: Record<string, TestProjectInlineConfiguration['test']> = {
  house: { testTimeout: 180 * seconds, hookTimeout: 180 * seconds },
  // Every case for every target and mode: many seconds of computing without waiting.
  contract: { testTimeout: 180 * seconds, hookTimeout: 60 * seconds, isolate: false },
  // Large inputs whose work is counted.
  work: { testTimeout: 180 * seconds, isolate: false },
  property: { testTimeout: 600 * seconds },
  cli: {
    testTimeout: 180 * seconds,
    hookTimeout: 180 * seconds,
    globalSetup: ['test/cli/step.setup.ts'],
  },
  crash: { testTimeout: 600 * seconds, hookTimeout: 180 * seconds },
  attack: { testTimeout: 600 * seconds, hookTimeout: 180 * seconds },
  'pre-commit': {
    testTimeout: 60 * seconds,
    globalSetup: ['test/pre-commit/pre-commit.setup.ts'],
  },
  kubernetes: {
    testTimeout: 120 * seconds,
    hookTimeout: 120 * seconds,
    globalSetup: ['test/kubernetes/kubernetes.setup.ts'],
    setupFiles: ['test/kubernetes/own-api-server.ts'],
  },
  // Two at a time, and nothing else: a proxy that waits for a core answers late.
  conformance: { ...real, exclude: measuring, maxWorkers: 2, sequence: { groupOrder: 1 } },
  timing: {
    ...real,
    include: measuring,
    fileParallelism: false,
    sequence: { groupOrder: 2 },
  },
};

const folders = Object.keys(projects);

export default defineConfig({
  root,
  test: {
    reporters: ['default', new CountReporter()],
    // Tests of the command and of real components wait most of the time: a few more workers than cores keep these busy.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        root,
        test: {
          name: 'unit',
          // A loaded machine alone stays below this time; a test that takes longer hangs.
          testTimeout: 60 * seconds,
          include: ['test/**/*.test.ts'],
          exclude: folders.map((folder) => `test/${folder}/**`),
          // Modules are loaded once per worker: the modules that unit tests load keep no state.
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
