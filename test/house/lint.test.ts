import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { copyOfTheProject } from './copy-of-the-project.ts';

/** Lines that the core must not contain, with the rule that reports them. */
const impure: Readonly<Record<string, string>> = {
  'process.cwd();': 'no-restricted-globals',
  'console.log(1);': 'no-restricted-globals',
  "await fetch('http://localhost');": 'no-restricted-globals',
  'setTimeout(() => undefined, 1);': 'no-restricted-globals',
  'crypto.randomUUID();': 'no-restricted-globals',
  'new Intl.Collator();': 'no-restricted-globals',
  'Date.now();': 'no-restricted-syntax',
  'new Date();': 'no-restricted-syntax',
  'Date();': 'no-restricted-syntax',
  'Math.random();': 'no-restricted-syntax',
  'globalThis.process.cwd();': 'no-restricted-syntax',
  "new RegExp('a+');": 'no-restricted-syntax',
  "RegExp('a+');": 'no-restricted-syntax',
  "'a'.localeCompare('b');": 'no-restricted-syntax',
  '(1).toLocaleString();': 'no-restricted-syntax',
  "import { readFileSync } from 'node:fs';": 'no-restricted-imports',
};

const pure = ['new Date(0);', '/a+/.test("a");', 'Math.max(1, 2);'];

/** Lines that no source file may contain. */
const everywhere: Readonly<Record<string, string>> = {
  "import { readFileSync } from 'node:fs';": '@typescript-eslint/no-restricted-imports',
  "import { createReadStream as stream } from 'node:fs';": '@typescript-eslint/no-restricted-imports',
  "import { open } from 'node:fs/promises';": '@typescript-eslint/no-restricted-imports',
  "import * as fs from 'node:fs/promises';": '@typescript-eslint/no-restricted-imports',
  "import fs from 'node:fs';": '@typescript-eslint/no-restricted-imports',
  'Promise.resolve(1);': '@typescript-eslint/no-floating-promises',
  'export const any = (value: any): unknown => value;': '@typescript-eslint/no-explicit-any',
  "export const one = (kind: 'a' | 'b'): void => { switch (kind) { case 'a': } };":
    '@typescript-eslint/switch-exhaustiveness-check',
  [`export function long(): void {\n${'  long();\n'.repeat(60)}}`]: 'max-lines-per-function',
  [`export const deep = (a: boolean): void => { ${'if (a) { '.repeat(4)}deep(a); ${'} '.repeat(4)}};`]:
    'max-depth',
  [`export const branchy = (a: number): number => ${Array.from({ length: 15 }, (_, i) => `a === ${i} ? ${i} : `).join('')}0;`]:
    'complexity',
  ['export {};\n'.repeat(301)]: 'max-lines',
};

/** Lines that would print without the escape of printed text. */
const printing: Readonly<Record<string, string>> = {
  "console.log('a');": 'no-restricted-globals',
  "process.stdout.write('a');": 'no-restricted-syntax',
  "process['stderr'].write('a');": 'no-restricted-syntax',
  "const { stdout } = process; stdout.write('a');": 'no-restricted-syntax',
  "const own = process; own.stdout.write('a');": 'no-restricted-syntax',
  "process.emitWarning('a');": 'no-restricted-syntax',
  "import { stdout } from 'node:process'; stdout.write('a');": 'no-restricted-imports',
  "import log from 'node:console'; log.log('a');": 'no-restricted-imports',
  "import { WriteStream } from 'node:tty'; new WriteStream(1).write('a');": 'no-restricted-imports',
  "import { writeSync } from 'node:fs'; writeSync(1, 'a');": 'no-restricted-syntax',
  "import fs from 'node:fs'; fs.writeFileSync(2, 'a');": 'no-restricted-syntax',
  "import fs from 'node:fs'; fs.appendFileSync('/dev/stderr', 'a');": 'no-restricted-syntax',
  "import { spawn } from 'node:child_process'; spawn('git', { stdio: 'inherit' });": 'no-restricted-syntax',
  "import { spawn } from 'node:child_process'; spawn('git', { stdio: ['ignore', 'pipe', 2] });":
    'no-restricted-syntax',
  "export const draw = (screen: NodeJS.WriteStream): void => void screen.write('a');": 'no-restricted-syntax',
};

/** Exit codes as numbers, written directly or through a constant. */
const bareCodes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'export const code = (): ExitCode => 64;',
    'export const code = async (): Promise<ExitCode> => { await Promise.resolve(); return 0; };',
    "export const error = new PortError('a', 15);",
    "const usage = 64; export const error = new PortError('a', usage);",
    "export const refusals: readonly Refusal[] = [{ code: 4, message: 'a' }];",
    'export const isUsage = (code: ExitCode): boolean => code === 64;',
    'export const most = (code: ExitCode | undefined): ExitCode => code ?? 1;',
  ].map((line) => [line, 'meshwright-exit/named-exit-codes']),
);

const exitTypes =
  "import { type ExitCode, exit } from '../core/exit-code.ts';\nimport type { Refusal } from '../core/refusal.ts';\nimport { PortError } from '../ports/port-error.ts';\n";

const namedCodes = [
  'export const code = (): ExitCode => exit.usage;',
  "export const error = new PortError('a', exit.unreachable);",
  'export const count = (texts: readonly string[]): number => texts.length + 64;',
];

/** Fields that the CRDs of Istio don't have, which TypeScript refuses. */
const misspelt: Readonly<Record<string, string>> = {
  'export const spread = (asked: boolean): HttpRoute => ({ ...(asked && { timout: "1s" }) });':
    'meshwright/known-fields',
  'export const nested = (asked: boolean): HttpRoute => ({ ...(asked && { rewrite: { urii: "/" } }) });':
    'meshwright/known-fields',
  'export const mapped = (asked: readonly string[]): readonly HttpRoute[] => asked.map((name) => ({ name, timout: "1s" }));':
    'meshwright/known-fields',
  'export const routes = (asked: readonly string[]): VirtualServiceSpec => ({ http: asked.map((name) => ({ name, redirct: {} })) });':
    'meshwright/known-fields',
  'export const cluster = (asked: boolean): unknown => typed("envoy.config.cluster.v3.Cluster", { name: "a", ...(asked && { typ: "EDS" }) });':
    'meshwright/known-fields',
  'const at = { port: 1, authorty: {} }; export const held = (): HttpRoute => ({ match: [at] });':
    'meshwright/known-fields',
};

const nativeTypes =
  "import type { VirtualServiceSpec } from '../istio-objects/crds/istio.gen.ts';\nimport type { HttpRoute } from '../istio-objects/crds/parts.ts';\nimport { typed } from '../envoy/typed-config.ts';\n";

const wellSpelt = [
  'export const router = typed("envoy.extensions.filters.http.router.v3.Router", { suppress_envoy_headers: true });',
  'export const route: HttpRoute = { name: "a", timeout: "1s", headers: { request: { set: { anything: "x" } } } };',
  'export const all = (asked: readonly string[]): VirtualServiceSpec => ({ http: asked.map((name) => ({ name, match: [{ uri: { exact: name } }] })) });',
];

/** Returns the rule that each planted line of a file violates. */
function ruleFor(file: string): Readonly<Record<string, string>> {
  if (file.startsWith('src/ui/')) return printing;
  if (file.startsWith('src/commands/')) return bareCodes;
  if (file.startsWith('src/core/targets/')) return misspelt;
  return file.startsWith('src/core/') ? impure : everywhere;
}

describe('lint', () => {
  const core = [...Object.keys(impure), ...pure].map(
    (line, index) => [`src/core/planted-${index}.ts`, line] as const,
  );
  const shell = Object.keys(everywhere).map(
    (line, index) => [`src/adapters/planted-${index}.ts`, line] as const,
  );

  const printers = Object.keys(printing).map((line, index) => [`src/ui/planted-${index}.ts`, line] as const);
  const targets = [...Object.keys(misspelt), ...wellSpelt].map(
    (line, index) => [`src/core/targets/planted/planted-${index}.ts`, line] as const,
  );
  const commands = [...Object.keys(bareCodes), ...namedCodes].map(
    (line, index) => [`src/commands/planted-${index}.ts`, line] as const,
  );

  test('each violation is caught by its rule', async () => {
    const planted = [...core, ...shell, ...printers, ...targets, ...commands];
    const texts = planted.map(([file, line]) => [
      file,
      `${file.startsWith('src/core/targets/') ? nativeTypes : file.startsWith('src/commands/') ? exitTypes : ''}${line}\n`,
    ]);
    const cwd = copyOfTheProject(Object.fromEntries(texts));
    const eslint = new ESLint({ cwd, overrideConfigFile: join(cwd, '.config/eslint.config.js') });
    const results = await eslint.lintFiles(planted.map(([file]) => file));
    const caught = new Map(
      results.map(({ filePath, messages }) => [filePath, messages.map(({ ruleId }) => ruleId)]),
    );
    for (const [file, line] of planted) {
      const rules = caught.get(join(cwd, file));
      const rule = ruleFor(file)[line];
      if (rule === undefined) {
        expect(rules, line).not.toContain('no-restricted-syntax');
        expect(rules, line).not.toContain('meshwright/known-fields');
        expect(rules, line).not.toContain('meshwright-exit/named-exit-codes');
      } else expect(rules, line).toContain(rule);
    }
  });
});
