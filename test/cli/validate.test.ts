import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository, shop, shopStream } from './repository.ts';

const misspelt = `apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:
    - backends: [{version: v1, wieght: 90}]
`;

describe('mesh validate', () => {
  test('says in one line that a mesh is valid, and the numbers of its documents', () => {
    const ran = new Repository(shop).mesh(['validate']);
    expect(ran).toEqual({
      code: 0,
      out: 'shop is valid: 2 services, 1 route, 1 access document, 1 target\n',
      error: '',
    });
  });

  test('shows the place of an error, a suggestion, and the code that explains it', () => {
    const { code, out, error } = new Repository({ ...shop, 'routes.yaml': misspelt }).mesh(['validate']);
    expect({ code, out }).toEqual({ code: 3, out: 'the mesh is not valid: 1 error\n' });
    expect(error).toMatch(
      /^\nroutes\.yaml:7:32 error MESH1100\n {2}unknown field "wieght"; did you mean "weight"\?\n/,
    );
    expect(error).toContain(
      '  > 7 |     - backends: [{version: v1, wieght: 90}]\n      |                                ^^^^^^\n',
    );
    expect(error).toContain('  fix: ');
    expect(error.endsWith("'mesh explain MESH1100' says more about MESH1100.\n\n")).toBe(true);
    expect(error.split('\n').every((line) => line.length <= 80)).toBe(true);
  });

  test.each([
    ['.git/mesh', /mesh\.yaml:8:\d+ error MESH2348\n/],
    ['.GIT', /mesh\.yaml:8:\d+ error MESH2348\n/],
    ['../elsewhere', /mesh\.yaml:8:\d+ error MESH2347\n/],
  ])('refuses the output %s, as plan and apply do', (output, error) => {
    const mesh = shop['mesh.yaml']!.replace('directory: live', `directory: ${output}`);
    const repository = new Repository({ ...shop, 'mesh.yaml': mesh }).committed();
    for (const command of [
      ['validate'],
      ['plan', '--target', 'local'],
      ['apply', '--target', 'local', '--yes'],
    ]) {
      const ran = repository.mesh(command);
      expect([command[0], ran.code]).toEqual([command[0], 3]);
      expect(ran.error).toMatch(error);
    }
  });

  test('refuses an output in a bare repository of any name, as plan and apply do, until the repository is removed', () => {
    const mesh = shop['mesh.yaml']!.replace('directory: live', 'directory: store/live');
    const repository = new Repository({ ...shop, 'mesh.yaml': mesh }).committed();
    expect(repository.mesh(['validate']).code).toBe(0);
    repository.git('init', '--quiet', '--bare', 'store');
    for (const command of [
      ['validate'],
      ['validate', '--staged'],
      ['plan', '--target', 'local'],
      ['apply', '--target', 'local', '--yes'],
    ]) {
      const ran = repository.mesh(command);
      expect([command.join(' '), ran.code]).toEqual([command.join(' '), 3]);
      expect(ran.error).toMatch(/in (?:a|the) Git directory/);
    }
    expect(repository.mesh(['validate']).error).toMatch(/mesh\.yaml:8:\d+ error MESH2348\n/);
    rmSync(path.join(repository.root, 'store'), { recursive: true });
    expect(repository.mesh(['validate']).code).toBe(0);
  });

  test('prints findings as JSON of the published shape; the exit code is the same', () => {
    const ran = new Repository({ ...shop, 'routes.yaml': misspelt }).mesh(['validate', '--format', 'json']);
    const data = conforming('diagnostics', ran.out);
    expect({ code: ran.code, error: ran.error }).toEqual({ code: 3, error: '' });
    expect(data).toMatchObject({
      valid: false,
      counts: { error: 1, warning: 0, info: 0 },
      diagnostics: [
        {
          code: 'MESH1100',
          severity: 'error',
          file: 'routes.yaml',
          range: { start: { line: 7, column: 32 }, end: { line: 7, column: 38 } },
          fix: { edits: [{ text: 'weight' }] },
        },
      ],
    });
    const valid = new Repository(shop).mesh(['validate', '--format', 'json@1']);
    expect(conforming('diagnostics', valid.out)).toMatchObject({ valid: true, diagnostics: [] });
  });

  test('writes a format to a file and the text to standard output; --output writes the answer to a file', () => {
    const repository = new Repository(shop);
    const ran = repository.mesh(['validate', '--format', 'json=findings.json']);
    expect(ran.out).toMatch(/^shop is valid/);
    conforming('diagnostics', readFileSync(path.join(repository.root, 'findings.json'), 'utf8'));
    expect(repository.mesh(['validate', '--output', 'answer.txt'])).toEqual({ code: 0, out: '', error: '' });
    expect(readFileSync(path.join(repository.root, 'answer.txt'), 'utf8')).toMatch(/^shop is valid/);
  });

  test.each([
    [['--format', 'yaml'], 'there is no format "yaml" here'],
    [['--format', 'jsn'], 'there is no format "jsn" here; did you mean "json"?'],
    [['--format', 'json@2'], 'this mesh writes version 1 of json'],
    [['--format', 'json', '--format', 'text'], 'only one format can go to standard output'],
    [['--format', 'json='], 'json= names no file'],
  ])('refuses %j', (args, says) => {
    const ran = new Repository(shop).mesh(['validate', ...args]);
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 64, out: '' });
    expect(ran.error).toContain(says);
  });

  test('FILES limit what is reported, not what is read', () => {
    const repository = new Repository({ ...shop, 'routes.yaml': misspelt });
    expect(repository.mesh(['validate', 'services.yaml'])).toMatchObject({ code: 0, error: '' });
    expect(repository.mesh(['validate', 'routes.yaml', 'services.yaml'])).toMatchObject({ code: 3 });
    expect(repository.mesh(['validate', '.'])).toMatchObject({ code: 3 });
    const unknown = repository.mesh(['validate', 'nosuch.yaml']);
    expect(unknown).toMatchObject({ code: 64, out: '' });
    expect(unknown.error).toMatch(/^mesh: nosuch\.yaml is no file of this mesh/);
  });

  test('FILES are relative to the working directory, printed places to the root', () => {
    const repository = new Repository({ ...shop, 'teams/a/routes.yaml': misspelt, 'routes.yaml': '' });
    const cwd = path.join(repository.root, 'teams/a');
    const ran = repository.mesh(['validate', 'routes.yaml'], { cwd });
    expect(ran.code).toBe(3);
    expect(ran.error).toContain('teams/a/routes.yaml:7:32 error');
  });

  test('--fail-on decides which findings fail the command, --quiet hides the rest', () => {
    const files = {
      ...shop,
      'nobody.yaml':
        'apiVersion: mesh/v1\nkind: Access\nmetadata: {name: nobody, namespace: nowhere}\nspec:\n  service: "*"\n',
    };
    const repository = new Repository(files);
    const warned = repository.mesh(['validate']);
    expect(warned).toMatchObject({
      code: 0,
      out: 'shop is valid: 2 services, 1 route, 2 access documents, 1 target (1 warning)\n',
    });
    expect(warned.error).toContain('nobody.yaml:5:12 warning MESH2091');
    expect(repository.mesh(['validate', '--quiet'])).toEqual({ code: 0, out: '', error: '' });
    const failed = repository.mesh(['validate', '--quiet', '--fail-on', 'warning']);
    expect(failed).toMatchObject({ code: 3, out: 'shop is not valid: 1 warning\n' });
    expect(failed.error).toContain('MESH2091');
  });

  test('reads a whole spec from standard input', () => {
    const repository = new Repository({});
    expect(repository.mesh(['validate', '-'], { input: shopStream })).toMatchObject({ code: 0, error: '' });
    const broken = repository.mesh(['validate', '-'], {
      input: shopStream.replace('kind: Route', 'kind: Rout'),
    });
    expect(broken.code).toBe(3);
    expect(broken.error).toMatch(
      /^\n-:\d+:7 error MESH1121\n {2}there is no kind "Rout"; did you mean "Route"\?/,
    );
  });

  test('--strict-files makes foreign YAML an error', () => {
    const repository = new Repository({
      ...shop,
      'deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\n',
    });
    expect(repository.mesh(['validate']).code).toBe(0);
    const strict = repository.mesh(['validate', '--strict-files']);
    expect(strict.code).toBe(3);
    expect(strict.error).toContain('deployment.yaml:1:13 error MESH1123');
  });

  test('an option of a target that its platform does not have is an error at its line', () => {
    const mesh = shop['mesh.yaml']!.replace(
      'platform: envoy,',
      'platform: envoy, options: {systemCertificate: /a},',
    );
    const { code, error } = new Repository({ ...shop, 'mesh.yaml': mesh }).mesh(['validate']);
    expect(code).toBe(3);
    expect(error).toContain('MESH3002');
    expect(error.replace(/\s+/g, ' ')).toContain('did you mean "systemCertificates"?');
  });

  test('an output that can not take files of the platform is an error at its line', () => {
    const mesh = shop['mesh.yaml']!.replace(/output: \{[^}]*\}/, 'output: {kubernetes: {context: a}}');
    const { code, error } = new Repository({ ...shop, 'mesh.yaml': mesh }).mesh(['validate']);
    expect(code).toBe(3);
    expect(error).toMatch(/mesh\.yaml:\d+:\d+ error MESH5000/);
    expect(error).toContain('output: {kubernetes: {context: a}}');
  });

  test('a lost feature on a platform is an error, or with `degrade` a warning', () => {
    const counted = {
      ...shop,
      'mesh.yaml': `${shop['mesh.yaml']!}  rateLimiter: {service: shop/reviews}\n`,
      'services.yaml': `${shop['services.yaml']!}  rateLimit: {requests: 5, per: 1s, scope: service}\n`,
    };
    const lost = new Repository(counted).mesh(['validate']);
    expect(lost.code).toBe(3);
    expect(lost.error).toMatch(/services\.yaml:18:\d+ error MESH3010/);
    expect(lost.error).toContain('settings.rate-limit-service');
    const degraded = counted['mesh.yaml'].replace('envoy,', 'envoy, degrade: [settings.rate-limit-service],');
    const warned = new Repository({ ...counted, 'mesh.yaml': degraded }).mesh(['validate']);
    expect(warned.code).toBe(0);
    expect(warned.error).toContain('warning MESH3011');
  });
});

describe('mesh validate --format', () => {
  const warned = { ...shop, 'access.yaml': shop['access.yaml']!.replace('GET', 'get') };
  const formats = ['text', 'json', 'ndjson', 'sarif', 'junit', 'github', 'markdown'];

  test.each([
    ['no findings', shop, [], 0],
    ['a warning', warned, [], 0],
    ['a warning that fails', warned, ['--fail-on', 'warning'], 3],
    ['an error', { ...shop, 'routes.yaml': misspelt }, [], 3],
    ['an error with --quiet', { ...shop, 'routes.yaml': misspelt }, ['--quiet'], 3],
  ])('the exit code never depends on the format: %s', (_what, files, options, code) => {
    const repository = new Repository(files);
    for (const format of formats) {
      const ran = repository.mesh(['validate', ...options, '--format', format]);
      expect(ran.code, format).toBe(code);
      expect(ran.out, format).not.toMatch(/^$/);
    }
    const toFiles = formats.slice(1).flatMap((format) => ['--format', `${format}=out.${format}`]);
    expect(repository.mesh(['validate', ...options, ...toFiles]).code).toBe(code);
  });

  test('several formats go to files at once, and the text to standard output', () => {
    const repository = new Repository(warned);
    const ran = repository.mesh(['validate', '--format', 'sarif=out.sarif', '--format', 'junit=out.xml']);
    expect(ran.out).toMatch(/^shop is valid: .* \(1 warning\)\n$/);
    const read = (file: string): string => readFileSync(path.join(repository.root, file), 'utf8');
    expect(JSON.parse(read('out.sarif')).runs[0].results).toHaveLength(1);
    expect(read('out.xml')).toMatch(/^<\?xml/);
  });

  test('places are relative to the top of the repository in formats for CI, to the root in json', () => {
    const below = Object.fromEntries(Object.entries(warned).map(([file, text]) => [`deploy/${file}`, text]));
    const repository = new Repository(below).committed();
    const run = (format: string): string =>
      repository.mesh(['validate', '--root', 'deploy', '--format', format]).out;
    expect(run('github')).toContain('::warning file=deploy/access.yaml,line=7,');
    expect(run('junit')).toContain('file="deploy/access.yaml"');
    expect(run('sarif')).toContain('"uri": "deploy/access.yaml"');
    expect(JSON.parse(run('json')).diagnostics[0].file).toBe('access.yaml');
  });
});
