import type { IForbiddenRuleType } from 'dependency-cruiser';

type Rule = IForbiddenRuleType & { readonly name: string };

const npm = (...names: readonly string[]): string => `^node_modules/(${names.join('|')})/`;

/** Imports allowed to each layer. The picture: core <- ports <- adapters; core <- ui; commands use all but adapters. */
const layers: readonly Rule[] = [
  {
    name: 'core-knows-no-platform',
    comment:
      'The core is pure: no node:*; files, clocks, processes and digests come through ports or arguments.',
    from: { path: '^src/core/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'core-uses-few-packages',
    comment: 'Only packages that compute: no client of a cluster or of Git, no terminal.',
    from: { path: '^src/core/' },
    to: {
      path: '^node_modules/',
      pathNot: npm('yaml', 'js-yaml', 'ajv', 're2js', '@marcbachmann/cel-js', '@noble/hashes'),
    },
  },
  {
    name: 'core-knows-no-shell',
    comment: 'The core knows the ports (interfaces), never who implements them, prints or is asked.',
    from: { path: '^src/core/' },
    to: { path: '^src/', pathNot: '^src/(core|ports)/' },
  },
  {
    name: 'ports-know-the-core-alone',
    from: { path: '^src/ports/' },
    to: { pathNot: '^src/(core|ports)/' },
  },
  {
    name: 'adapters-know-ports-and-core',
    from: { path: '^src/adapters/' },
    to: { path: '^src/', pathNot: '^src/(adapters|core|ports)/' },
  },
  {
    name: 'ui-knows-the-core-alone',
    from: { path: '^src/ui/' },
    to: { path: '^src/', pathNot: '^src/(ui/|core/)' },
  },
  {
    name: 'ui-is-pure',
    comment: 'Renderers answer strings; only the live one touches a terminal.',
    from: { path: '^src/ui/', pathNot: '^src/ui/live/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'adapters-are-built-in-main',
    from: { path: '^src/', pathNot: '^src/(main\\.ts$|main/|adapters/)' },
    to: { path: '^src/adapters/' },
  },
  {
    name: 'the-product-needs-no-tests',
    from: { path: '^src/' },
    to: { path: '^(test|\\.config|fixtures)/' },
  },
];

/** Layers that may import a library of the outer world. */
const libraries: readonly Rule[] = [
  {
    name: 'terminal-libraries-in-ui',
    from: { path: '^src/', pathNot: '^src/ui/' },
    to: { path: npm('chalk', 'ink', 'react') },
  },
  {
    name: 'ink-in-ui-live',
    comment: 'ink takes 200 ms to load: only a terminal that watches pays for it.',
    from: { path: '^src/', pathNot: '^src/ui/live/' },
    to: { path: npm('ink', 'react') },
  },
  {
    name: 'clients-in-adapters',
    from: { path: '^src/', pathNot: '^src/adapters/' },
    to: {
      path: npm(
        'simple-git',
        '@kubernetes/client-node',
        '@peculiar/x509',
        'reflect-metadata',
        'age-encryption',
        'vscode-languageserver',
        '@hpcc-js/wasm-graphviz',
      ),
    },
  },
];

/** Folders of `src/core/targets` that are no target: parts that several targets share. */
const targetLibraries = [
  'istio-objects',
  'kubernetes-objects',
  'envoy-filters',
  'gateway-api-objects',
  'arm-counters',
  'rollout-engines',
  'certificate-objects',
  'smi-objects',
  'mesh-classes',
];
const inTargets = '^src/core/targets/';
const inTargetLibraries = `${inTargets}(${targetLibraries.join('|')})/`;

/** Targets don't import each other; code that two targets share lies in a library folder. */
const targets: readonly Rule[] = [
  {
    name: 'targets-are-islands',
    comment: 'What two targets share moves to a library folder, which is named in boundary-rules.ts.',
    from: { path: `${inTargets}([^/]+)/` },
    to: { path: `${inTargets}[^/]+/`, pathNot: [`${inTargets}$1/`, inTargetLibraries] },
  },
  {
    name: 'targets-come-from-the-registry',
    comment: 'Who names a target in an import makes it special; ask the registry.',
    from: { path: '^src/', pathNot: `${inTargets}([^/]+/|registry\\.ts$)` },
    to: { path: `${inTargets}[^/]+/` },
  },
  {
    name: 'readers-share-no-code-with-lower',
    comment: 'A mistake in shared code would cancel itself out when an output is read back.',
    from: { path: `${inTargets}[^/]+/read/` },
    to: { path: inTargets, pathNot: `${inTargets}[^/]+/read/` },
  },
  {
    name: 'readers-load-when-named',
    comment: 'Compiling needs no reader.',
    from: { path: '^src/', pathNot: `${inTargets}[^/]+/read/` },
    to: { path: `${inTargets}[^/]+/read/`, dynamic: false },
  },
  {
    name: 'targets-load-when-named',
    from: { path: `${inTargets}registry\\.ts$` },
    to: { path: `${inTargets}[^/]+/`, dynamic: false },
  },
];

const inOutputs = '^src/core/outputs/';

/** The engine of runs reaches outputs only by `OutputDriver`; drivers don't import each other. */
const outputs: readonly Rule[] = [
  {
    name: 'the-engine-knows-no-output',
    comment:
      'Runs, history, locks, plans and drift know the interface (core/outputs/output-driver.ts) alone.',
    from: { path: '^src/core/', pathNot: inOutputs },
    to: { path: `${inOutputs}[^/]+/` },
  },
  {
    name: 'outputs-are-islands',
    comment: 'What two outputs share lies beside their folders.',
    from: { path: `${inOutputs}([^/]+)/` },
    to: { path: `${inOutputs}[^/]+/`, pathNot: `${inOutputs}$1/` },
  },
  {
    name: 'outputs-know-no-engine',
    comment: 'The engine calls a driver, never the other way round.',
    from: { path: inOutputs },
    to: { path: '^src/core/run/' },
  },
  {
    name: 'outputs-open-in-one-place',
    comment: 'Who else names a kind of output makes it special.',
    from: { path: '^src/', pathNot: `^src/(core/outputs/[^/]+/|commands/delivery/open-output\\.ts$)` },
    to: { path: `${inOutputs}[^/]+/` },
  },
];

/** `mesh --version` loads only commander, the table of commands and the code that prints. */
const laziness: readonly Rule[] = [
  {
    name: 'commands-load-from-main',
    from: { path: '^src/', pathNot: '^src/(main\\.ts$|main/|commands/)' },
    to: { path: '^src/commands/' },
  },
  {
    name: 'main-loads-lazily',
    from: { path: '^src/main(\\.ts$|/)' },
    to: {
      dynamic: false,
      dependencyTypesNot: ['core', 'type-only'],
      pathNot: [
        '^src/(program|main/parts|main/commands|command-table/command-table|adapters/standard-streams|core/exit-code|core/lib/escape-control)\\.ts$',
        '^package\\.json$',
        npm('commander'),
      ],
    },
  },
  {
    name: 'packages-load-behind-our-modules',
    comment:
      'A package under import() exposes only `default` once bundled: import it in a module of ours and load that.',
    from: { path: '^src/' },
    to: { path: '^node_modules/', dynamic: true },
  },
  {
    name: 'program-is-commander-and-data',
    from: { path: '^src/program\\.ts$' },
    to: {
      pathNot: ['^src/command-table/', '^package\\.json$', npm('commander')],
    },
  },
  {
    name: 'the-command-table-is-data',
    from: { path: '^src/command-table/' },
    to: { pathNot: '^src/command-table/' },
  },
];

const soundness: readonly Rule[] = [
  {
    name: 'no-circles',
    comment: 'Modules that need each other are one module or want a third. Types may point both ways.',
    from: { path: '^src/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'imports-exist',
    from: { path: '^src/' },
    to: { couldNotResolve: true },
  },
];

/** The rules about imports in `src`, which `boundaries.ts` enforces; a test violates each rule once. */
export const boundaryRules: readonly Rule[] = [
  ...layers,
  ...libraries,
  ...targets,
  ...outputs,
  ...laziness,
  ...soundness,
];
