import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 240_000 };

const suite = `apiVersion: mesh.test/v1
kind: Suite
metadata: {name: reviews}
spec:
  defaults: {from: shop/web, to: shop/reviews}
  tests:
    - {name: readers get in, request: GET /, expect: {backends: {v1: 90%, v2: 10%}}}
    - name: nobody else does
      expect: 403
      columns: [from, request]
      rows:
        - [shop/reviews, GET /]
        - [shop/web, POST /]
`;

/** The same suite with two wrong expectations. */
const wrong = suite
  .replace('v1: 90%, v2: 10%', 'v1: 50%, v2: 50%')
  .replace('[shop/web, POST /]', '[shop/web, HEAD /]')
  .replace('expect: 403', 'expect: forwarded');

test('tells that every test holds, with exit code 0', limit, () => {
  const { code, out, error } = new Repository({ ...shop, 'tests/reviews.yaml': suite }).mesh(['test']);
  expect({ code, out, error }).toEqual({
    code: 0,
    out: '3 tests by the meaning of the mesh: 3 hold\n',
    error: '',
  });
});

test('shows what a failing test expected and got, and the line that decides, with exit code 3', limit, () => {
  const { code, out } = new Repository({ ...shop, 'tests/reviews.yaml': wrong }).mesh(['test']);
  expect(code).toBe(3);
  expect(out).toContain(`fails readers get in  tests/reviews.yaml:7:7
    GET / from shop/web to shop/reviews
    backends: expected shop/reviews@v1 50%, shop/reviews@v2 50%, got shop/reviews@v1 90%, shop/reviews@v2 10%
`);
  expect(out).toContain(`    outcome: expected forwarded, got refused 403: no allow rule takes the call
    decided by routes.yaml:7:7 route reviews: rule 1 matches first
`);
  expect(out).toMatch(/3 tests by the meaning of the mesh: 0 hold, 3 fail\n$/);
});

test('a suite is no part of the mesh: other commands leave it and its mistakes alone', limit, () => {
  const repository = new Repository({ ...shop, 'tests/a.yaml': suite, 'tests/b.yaml': `${suite}  other: [` });
  const validated = repository.mesh(['validate']);
  expect(validated.code, validated.error).toBe(0);
  const formatted = repository.mesh(['fmt', 'tests/a.yaml', 'tests/b.yaml']);
  expect(formatted.code, formatted.error).toBe(0);
  expect(readFileSync(path.join(repository.root, 'tests/a.yaml'), 'utf8')).toBe(suite);
  expect(repository.mesh(['validate', 'tests/a.yaml']).code).toBe(0);
  const tested = repository.mesh(['test', 'tests/a.yaml']);
  expect(tested.code, tested.error).toBe(0);
  expect(repository.mesh(['test']).code).toBe(3);
});

test('shows a mistake in a suite at its place', limit, () => {
  const mistaken = suite.replace('shop/reviews, GET', 'shop/review, GET');
  const { code, error } = new Repository({ ...shop, 'tests/reviews.yaml': mistaken }).mesh(['test']);
  expect(code).toBe(3);
  expect(error).toContain('tests/reviews.yaml:12:12 error MESH2292');
  expect(error).toContain('there is no service `shop/review`');
});

test('--coverage names the rules that no test is decided by', limit, () => {
  const denied = `${shop['access.yaml']!}    - deny: {from: [{anyone: true}], to: [{paths: [{prefix: /admin}]}]}\n`;
  const repository = new Repository({ ...shop, 'access.yaml': denied, 'tests/reviews.yaml': suite });
  const { code, out } = repository.mesh(['test', '--coverage']);
  expect(code).toBe(0);
  expect(out).toContain(`Coverage: tests decide by 2 of 3 rules; no test is decided by
  access.yaml:8:13 access of shop/reviews: deny
`);
  const read = JSON.parse(repository.mesh(['test', '--coverage', '--format', 'json']).out) as object;
  expect(read).toMatchObject({
    passed: true,
    counts: { passed: 3, failed: 0, notCompared: 0 },
    coverage: { rules: 3, covered: 2, uncovered: [{ file: 'access.yaml', line: 8 }] },
  });
});

test('writes JSON, JUnit, annotations and a page', limit, () => {
  const repository = new Repository({ ...shop, 'tests/reviews.yaml': wrong });
  const formats = ['json', 'junit', 'markdown'].map((format) => `--format=${format}=out.${format}`);
  const { code, out } = repository.mesh(['test', '--format', 'github', ...formats]);
  expect(code).toBe(3);
  expect(out).toContain('::error file=tests/reviews.yaml,line=7,endLine=7,col=7,');
  expect(out).toContain('%0Abackends: expected shop/reviews@v1 50%25');
  const written = (format: string): string =>
    readFileSync(path.join(repository.root, `out.${format}`), 'utf8');
  conforming('test', written('json'));
  expect(written('junit')).toContain(
    '<testsuite name="reviews" tests="3" failures="3" errors="0" skipped="0"',
  );
  expect(written('junit')).toContain('<testcase name="readers get in" classname="tests/reviews.yaml"');
  expect(written('markdown')).toContain('| readers get in | <code>tests/reviews.yaml:7:7</code> |');
});

test('asks only the suites that are named, also beside the mesh', limit, () => {
  const repository = new Repository({
    'mesh/mesh.yaml': shop['mesh.yaml']!,
    'mesh/services.yaml': shop['services.yaml']!,
    'mesh/a.yaml': suite,
    'elsewhere.yaml': `apiVersion: mesh.test/v1
kind: Suite
spec: {tests: [{request: {from: shop/web, to: shop/reviews}, expect: 403}]}
`,
    'mesh/plain.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
  });
  const run = (...args: readonly string[]) => repository.mesh(['test', '--root', 'mesh', ...args]);
  expect(run('elsewhere.yaml')).toMatchObject({
    code: 0,
    out: '1 test by the meaning of the mesh: 1 holds\n',
  });
  expect(run('mesh/a.yaml', 'elsewhere.yaml').out).toContain('4 tests');
  expect(run('mesh').out).toContain('3 tests');
  expect(run('missing.yaml')).toMatchObject({ code: 64, out: '' });
  expect(run('mesh/plain.yaml')).toMatchObject({ code: 3 });
  expect(run('mesh/plain.yaml').error).toContain('mesh/plain.yaml:1:1'.slice(5));
});

test(
  'names a suite beside the mesh from the root in text, and from the top of the repository for CI',
  limit,
  () => {
    const repository = new Repository({
      'mesh/mesh.yaml': shop['mesh.yaml']!,
      'mesh/services.yaml': shop['services.yaml']!,
      'tests/a.yaml': `apiVersion: mesh.test/v1
kind: Suite
spec: {tests: [{name: refused, request: {from: shop/web, to: shop/reviews}, expect: forwarded}]}
`,
    }).committed();
    const formats = ['junit', 'markdown'].map((format) => `--format=${format}=out.${format}`);
    const run = (format: string) =>
      repository.mesh(['test', '--root', 'mesh', 'tests/a.yaml', '--format', format, ...formats]).out;
    expect(run('text')).toContain('fails refused  ../tests/a.yaml:3:16');
    expect(run('github')).toContain('::error file=tests/a.yaml,line=3,');
    const written = (format: string): string =>
      readFileSync(path.join(repository.root, `out.${format}`), 'utf8');
    expect(written('junit')).toContain(
      '<testcase name="refused" classname="tests/a.yaml" file="tests/a.yaml"',
    );
    expect(written('markdown')).toContain('<code>tests/a.yaml:3:16</code>');
  },
);

test('without any suite the command is refused: a run without tests must not look green', limit, () => {
  const { code, out, error } = new Repository(shop).mesh(['test']);
  expect({ code, out }).toEqual({ code: 64, out: '' });
  expect(error).toContain('mesh.test/v1');
});

test('suites of a commit are asked with the mesh of that commit', limit, () => {
  const repository = new Repository({ ...shop, 'tests/reviews.yaml': suite }).committed();
  repository.write('tests/reviews.yaml', wrong);
  expect(repository.mesh(['test', '--revision', 'HEAD']).code).toBe(0);
  expect(repository.mesh(['test']).code).toBe(3);
});

test('--live without --allow-requests sends nothing', limit, () => {
  const repository = new Repository({ ...shop, 'tests/reviews.yaml': suite });
  const refused = repository.mesh(['test', '--live', 'shop/web=http://127.0.0.1:9']);
  expect(refused).toMatchObject({ code: 64, out: '' });
  expect(refused.error).toContain('--allow-requests');
  const wrong = repository.mesh(['test', '--allow-requests', '--live', 'shop/wep=http://127.0.0.1:9']);
  expect(wrong.code).toBe(64);
  expect(wrong.error).toContain('did you mean `shop/web`');
  const both = repository.mesh([
    'test',
    '--on',
    'envoy',
    '--allow-requests',
    '--live',
    'shop/web=http://127.0.0.1:9',
  ]);
  expect(both.code).toBe(64);
  const nobody = repository.mesh(['test', '--allow-requests', '--live', 'shop/web=http://127.0.0.1:9']);
  expect(nobody.code).toBe(3);
  expect(nobody.out).toContain('outcome: expected forwarded, got no answer');
  expect(nobody.out).toContain('1 not compared');
});

test('--on envoy without an Envoy says how to get one', limit, () => {
  const repository = new Repository({ ...shop, 'tests/reviews.yaml': suite });
  const env = { ENVOY: path.join(repository.root, 'no-envoy') };
  const { code, error } = repository.mesh(['test', '--on', 'envoy'], { env });
  expect(code).toBe(1);
  expect(error).toContain('exchange it for Envoy');
});

test('docs/tests.md shows the first suite, and what really comes of a change', limit, () => {
  const page = readFileSync('docs/tests.md', 'utf8');
  const repository = new Repository({});
  mkdirSync(path.join(repository.root, 'hello'));
  const cwd = path.join(repository.root, 'hello');
  const run = (...args: readonly string[]) => repository.mesh(args, { cwd });
  const rewrite = (file: string, change: (text: string) => string): void => {
    writeFileSync(path.join(cwd, file), change(readFileSync(path.join(cwd, file), 'utf8')));
  };
  expect(run('init').code).toBe(0);
  const [, shown = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];
  expect(readFileSync(path.join(cwd, 'tests.yaml'), 'utf8').replace(/^#.*\n/gm, '')).toBe(shown);
  expect(page).toContain(`$ mesh test\n${run('test').out}`);
  rewrite('routes.yaml', (text) => text.replace('90}', '80}').replace('10}', '20}'));
  const changed = run('test');
  expect(changed.code).toBe(3);
  expect(page).toContain(`$ mesh test\n${changed.out}(exit code 3)`);
  rewrite('routes.yaml', (text) => text.replace('80}', '90}').replace('20}', '10}'));
  rewrite('tests.yaml', (text) => text.replace(/ {4}- name: testers[^]*?(?= {4}- name)/, ''));
  expect(page).toContain(run('test', '--coverage').out.replace(/^.*\n/, ''));
});
