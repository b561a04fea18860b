import { describe, expect, test } from 'vitest';
import { checkBoundaries } from '../../.config/boundaries.ts';
import { boundaryRules } from '../../.config/boundary-rules.ts';
import { copyOfTheProject } from './copy-of-the-project.ts';

/** A violation of each rule: the file and its text. */
const violations: Readonly<Record<string, readonly [file: string, text: string][]>> = {
  'core-knows-no-platform': [
    ['src/core/planted-file.ts', "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n"],
    ['src/core/planted-digest.ts', "import type { Hash } from 'crypto';\nexport type Digest = Hash;\n"],
  ],
  'core-uses-few-packages': [['src/core/planted-package.ts', "import 'simple-git';\n"]],
  'core-knows-no-shell': [
    [
      'src/core/planted-shell.ts',
      "import type { planted } from '../ui/planted.ts';\nexport type P = typeof planted;\n",
    ],
  ],
  'ports-know-the-core-alone': [['src/ports/clock.ts', "\nimport './adapters/planted.ts';\n"]],
  'adapters-know-ports-and-core': [['src/adapters/planted-ui.ts', "import '../ui/planted.ts';\n"]],
  'ui-knows-the-core-alone': [['src/ui/planted-adapter.ts', "import '../adapters/planted.ts';\n"]],
  'ui-is-pure': [['src/ui/planted-process.ts', "import 'node:process';\n"]],
  'adapters-are-built-in-main': [['src/commands/planted-adapter.ts', "import '../adapters/planted.ts';\n"]],
  'the-product-needs-no-tests': [['src/adapters/planted-test.ts', "import '../../.config/schemas.ts';\n"]],
  'terminal-libraries-in-ui': [['src/commands/planted-colour.ts', "import 'chalk';\n"]],
  'ink-in-ui-live': [['src/ui/planted-ink.ts', "import 'ink';\n"]],
  'clients-in-adapters': [['src/commands/planted-git.ts', "import 'simple-git';\n"]],
  'targets-are-islands': [
    ['src/core/targets/planted-one/index.ts', "import '../planted-two/index.ts';\n"],
    ['src/core/targets/kubernetes-objects/planted.ts', "import '../planted-two/index.ts';\n"],
  ],
  'targets-come-from-the-registry': [
    [
      'src/core/planted-target.ts',
      "export const planted = () => import('./targets/planted-two/index.ts');\n",
    ],
  ],
  'the-engine-knows-no-output': [
    ['src/core/run/planted-engine.ts', "import '../outputs/planted-two/output.ts';\n"],
    ['src/core/plan/planted-plan.ts', "import '../outputs/planted-two/output.ts';\n"],
  ],
  'outputs-are-islands': [['src/core/outputs/planted-one/output.ts', "import '../planted-two/output.ts';\n"]],
  'outputs-know-no-engine': [['src/core/outputs/planted-one/run.ts', "import '../../run/walk.ts';\n"]],
  'outputs-open-in-one-place': [
    ['src/commands/planted-output.ts', "import '../core/outputs/planted-two/output.ts';\n"],
  ],
  'readers-share-no-code-with-lower': [
    ['src/core/targets/planted-two/read/index.ts', "import '../index.ts';\n"],
    ['src/core/targets/planted-one/read/index.ts', "import '../../kubernetes-objects/host.ts';\n"],
  ],
  'readers-load-when-named': [['src/core/targets/planted-one/lower.ts', "import './read/planted.ts';\n"]],
  'targets-load-when-named': [['src/core/targets/registry.ts', "\nimport './planted-two/index.ts';\n"]],
  'commands-load-from-main': [
    ['src/adapters/planted-command.ts', "export const planted = () => import('../commands/planted.ts');\n"],
  ],
  'main-loads-lazily': [['src/main.ts', "\nimport './commands/planted.ts';\n"]],
  'packages-load-behind-our-modules': [
    ['src/ui/planted-lazy.ts', "export const planted = () => import('chalk');\n"],
  ],
  'program-is-commander-and-data': [['src/program.ts', "\nimport './ui/planted.ts';\n"]],
  'the-command-table-is-data': [['src/command-table/command-table.ts', "\nimport './ui/planted.ts';\n"]],
  'no-circles': [['src/core/planted-circle.ts', "import './planted-round.ts';\n"]],
  'imports-exist': [['src/core/planted-nothing.ts', "import './planted-nowhere.ts';\n"]],
};

/** Files that some violations need. */
const beside = { 'src/core/planted-round.ts': "import './planted-circle.ts';\n" };

/** Files that the violations import. */
const innocent = {
  'src/adapters/planted.ts': 'export const planted = 1;\n',
  'src/commands/planted.ts': 'export const planted = 1;\n',
  'src/core/outputs/planted-two/output.ts': 'export const planted = 1;\n',
  'src/core/targets/planted-two/index.ts': 'export const planted = 1;\n',
  'src/core/targets/planted-one/read/planted.ts': "import '../../smi-objects/read/planted.ts';\n",
  'src/core/targets/smi-objects/read/planted.ts': 'export const planted = 1;\n',
  'src/core/targets/planted-two/object.ts':
    "import '../kubernetes-objects/object.ts';\nimport '../envoy-filters/token-bucket.ts';\n",
  'src/ui/planted.ts': 'export const planted = 1;\n',
};

describe('boundaries', () => {
  test('each rule has a violation', () => {
    expect(Object.keys(violations).sort()).toEqual(boundaryRules.map(({ name }) => name).sort());
  });

  test('each violation is caught by its rule, and the imported files are not reported', async () => {
    const planted = Object.values(violations).flat();
    const root = copyOfTheProject({ ...beside, ...innocent, ...Object.fromEntries(planted) });
    const caught = (await checkBoundaries(root)).violations.map(({ rule, from }) => `${rule}: ${from}`);
    for (const [rule, files] of Object.entries(violations)) {
      for (const [file] of files) expect(caught).toContain(`${rule}: ${file}`);
    }
    for (const file of Object.keys(innocent)) expect(caught.join('\n')).not.toContain(`: ${file}`);
  });
});
