import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { knownFields } from './known-fields.ts';
import { namedExitCodes } from './named-exit-codes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What would make the core see the world: time, chance, the process, the network, the locale. */
const impureGlobals = [
  'process',
  'console',
  'fetch',
  'crypto',
  'performance',
  'Buffer',
  'Intl',
  'setTimeout',
  'setInterval',
  'setImmediate',
];

const impureSyntax = {
  "MemberExpression[object.name='Date'][property.name='now']": 'Take the time as an argument.',
  "NewExpression[callee.name='Date'][arguments.length=0]": 'Take the time as an argument.',
  "CallExpression[callee.name='Date']": 'Take the time as an argument.',
  "MemberExpression[object.name='Math'][property.name='random']":
    'Same input, same bytes: no chance in the core.',
  "MemberExpression[object.name='globalThis']": 'The core uses no globals of the platform.',
  ":matches(NewExpression, CallExpression)[callee.name='RegExp']":
    'A pattern of the spec is RE2 (re2js), linear in time; a pattern of ours is a literal.',
  'MemberExpression[property.name=/^(localeCompare|toLocale.*)$/]':
    'Same bytes in every locale: compare code units.',
};

/** The rules of `src/core` alone. */
export const pureCore = {
  files: ['src/core/**/*.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...impureGlobals.map((name) => ({ name, message: 'The core is pure.' })),
    ],
    'no-restricted-imports': [
      'error',
      { patterns: [{ regex: '^node:', message: 'The core is pure: the world is reached through ports.' }] },
    ],
    'no-restricted-syntax': [
      'error',
      ...Object.entries(impureSyntax).map(([selector, message]) => ({ selector, message })),
    ],
  },
};

/** The ways past `printable`, which escapes all that is printed. */
const unescapedOutput = {
  "MemberExpression[object.name='process']:matches([property.name=/^(stdout|stderr)$/], [property.value=/^(stdout|stderr)$/])":
    'Print by the Console, which escapes hostile text.',
  "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name=/^(stdout|stderr)$/]":
    'Print by the Console, which escapes hostile text.',
  "VariableDeclarator[id.type='Identifier'][init.name='process']":
    'An alias of the process hides who prints.',
  "MemberExpression[object.name='process'][property.name=/^(emitWarning|_rawDebug)$/]":
    'Node prints this unescaped; print by the Console.',
  "CallExpression[callee.property.name='write'][callee.object.name=/^(screen|stdout|stderr|liveError)$/]":
    'Print by the Console, which escapes hostile text.',
  "CallExpression[callee.property.name='write'][callee.object.property.name='liveError']":
    'Print by the Console, which escapes hostile text.',
  'CallExpression:matches([callee.name=/^(write|append)/], [callee.property.name=/^(write|append)/]):matches([arguments.0.value=1], [arguments.0.value=2])':
    'Print by the Console: 1 and 2 are standard output and standard error.',
  'Literal[value=/^\\u002fdev\\u002f(stdout|stderr|tty|fd)/]':
    'Print by the Console, which escapes hostile text.',
  "Property[key.name='stdio'] :matches(Literal[value='inherit'], Literal[value=1], Literal[value=2])":
    'Another program prints unescaped: read what it writes, and print it by the Console.',
};

/** Who prints: `standard-streams.ts` alone, after `printable`. */
export const escapedOutput = {
  files: ['src/**/*.ts', 'src/**/*.tsx'],
  // The language client writes messages of JSON-RPC, in which a program escapes nothing for a terminal.
  ignores: [
    'src/adapters/standard-streams.ts',
    'src/adapters/terminal.ts',
    'src/adapters/language-client.ts',
  ],
  rules: {
    'no-restricted-globals': [
      'error',
      { name: 'console', message: 'Print by the Console of ports/console.ts.' },
    ],
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { regex: '^(node:)?(process|console|tty)$', message: 'Print by the Console of ports/console.ts.' },
        ],
      },
    ],
    'no-restricted-syntax': [
      'error',
      ...Object.entries(unescapedOutput).map(([selector, message]) => ({ selector, message })),
    ],
  },
};
const readers = [
  'createReadStream',
  'openAsBlob',
  'promises',
  'readFile',
  'readFileSync',
  'readSync',
  'readv',
  'readvSync',
  'default',
];

/** Files are read in one place, which never waits for a pipe or reads without end; who writes opens what it makes. */
const fileReaders = ['src/adapters/regular-file.ts'];
const fileWriters = [
  'claimed-file',
  'durable-files',
  'local-programs',
  'secret-file',
  'write-batch',
  'write-whole',
].map((name) => `src/adapters/${name}.ts`);

const reading = (files, ignores, names) => ({
  files,
  ignores,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: ['node:fs', 'node:fs/promises'].map((name) => ({
          name,
          importNames: names,
          message: 'Files are read by src/adapters/regular-file.ts.',
        })),
      },
    ],
  },
});

/** Sizes that a reader can hold. */
const sizes = {
  files: ['src/**/*.ts', 'src/**/*.tsx', '.config/**'],
  rules: {
    'max-lines': ['error', 300],
    'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
    'max-depth': ['error', 3],
    complexity: ['error', 15],
  },
};

const typed = {
  files: ['**/*.ts', '**/*.tsx'],
  extends: [tseslint.configs.strictTypeChecked],
  languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: root } },
  rules: {
    eqeqeq: 'error',
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    '@typescript-eslint/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: false },
    ],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  },
};

/** What targets write is typed from the schemas of the meshes. */
const nativeOutput = {
  files: ['src/core/targets/*/**/*.ts'],
  plugins: { meshwright: { rules: { 'known-fields': knownFields } } },
  rules: { 'meshwright/known-fields': 'error' },
};

/** Exit codes have names. */
const exitCodes = {
  files: ['src/**/*.ts', 'src/**/*.tsx'],
  ignores: ['src/core/exit-code.ts'],
  plugins: { 'meshwright-exit': { rules: { 'named-exit-codes': namedExitCodes } } },
  rules: { 'meshwright-exit/named-exit-codes': 'error' },
};

/** Tests read JSON of their own making and know what is there. */
const tests = {
  files: ['test/**/*.ts'],
  rules: {
    '@typescript-eslint/no-unsafe-argument': 'off',
    '@typescript-eslint/no-unsafe-assignment': 'off',
    '@typescript-eslint/no-unsafe-call': 'off',
    '@typescript-eslint/no-unsafe-member-access': 'off',
    '@typescript-eslint/no-unsafe-return': 'off',
    '@typescript-eslint/no-non-null-assertion': 'off',
  },
};

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', 'fixtures/**', '**/*.gen.*'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  typed,
  sizes,
  escapedOutput,
  pureCore,
  nativeOutput,
  exitCodes,
  reading(['src/**/*.ts'], [...fileReaders, ...fileWriters], [...readers, 'open', 'openSync']),
  reading(fileWriters, [], readers),
  tests,
);
