import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository, shop as untidyShop } from './repository.ts';

/** The shop with its fields in order. */
const shop = {
  ...untidyShop,
  'services.yaml': untidyShop['services.yaml']!.replace(
    /( {2}calls: .*\n)([^]*?)(?=---|$)/g,
    (_, calls: string, rest: string) => rest + calls,
  ),
};

const untidy = `# Who answers.
kind: Route
apiVersion: mesh/v1
metadata: { namespace: shop,  name: reviews }
spec:
    # the rules, in order
    rules:
    - backends: [ {weight: 90, version: v1} , {version: v2, weight: 10} ]   # nine of ten

    service: reviews   # of the shop
`;

const tidy = `# Who answers.
apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews # of the shop

  # the rules, in order
  rules:
    - backends: [{version: v1, weight: 90}, {version: v2, weight: 10}] # nine of ten
`;

function read(repository: Repository, file: string): string {
  return readFileSync(path.join(repository.root, file), 'utf8');
}

describe('mesh fmt', () => {
  test('puts keys in order and lines in shape, and keeps comments where they belong', () => {
    const repository = new Repository({ ...shop, 'routes.yaml': untidy });
    expect(repository.mesh(['fmt'])).toEqual({
      code: 0,
      out: 'formatted routes.yaml\n1 file formatted, 3 in order already\n',
      error: '',
    });
    expect(read(repository, 'routes.yaml')).toBe(tidy);
    expect(repository.mesh(['fmt']).out).toBe('0 files formatted, 4 in order already\n');
    expect(repository.mesh(['validate']).code).toBe(0);
  });

  test('--check writes nothing, shows the differences and fails', () => {
    const repository = new Repository({ ...shop, 'routes.yaml': untidy });
    const { code, out, error } = repository.mesh(['fmt', '--check']);
    expect({ code, error }).toEqual({ code: 3, error: '' });
    expect(out).toMatch(
      /^routes\.yaml is not formatted\n--- a\/routes\.yaml\n\+\+\+ b\/routes\.yaml\n@@ -1,10 \+1,10 @@\n/,
    );
    expect(out).toContain('\n-kind: Route\n');
    expect(out).toContain('\n+metadata: {name: reviews, namespace: shop}\n');
    expect(out).toMatch(/\n1 file of 4 to format: 'mesh fmt' does it\n$/);
    expect(read(repository, 'routes.yaml')).toBe(untidy);
    expect(repository.mesh(['fmt', '--check', 'services.yaml']).code).toBe(0);
  });

  test('its differences are a patch that Git can apply', () => {
    const repository = new Repository({ ...shop, 'routes.yaml': untidy }).committed();
    const [only] = conforming('fmt', repository.mesh(['fmt', '--check', '--format', 'json']).out).files;
    expect(only.file).toBe('routes.yaml');
    repository.write('fmt.patch', only.diff);
    repository.git('apply', 'fmt.patch');
    expect(read(repository, 'routes.yaml')).toBe(tidy);
  });

  test('--check reads the index and commits, which fmt itself can not write', () => {
    const repository = new Repository({ ...shop, 'routes.yaml': untidy }).committed();
    repository.write('routes.yaml', tidy);
    expect(repository.mesh(['fmt', '--check']).code).toBe(0);
    expect(repository.mesh(['fmt', '--check', '--staged']).code).toBe(3);
    expect(repository.mesh(['fmt', '--check', '--revision', 'HEAD']).code).toBe(3);
    expect(repository.mesh(['fmt', '--staged'])).toMatchObject({ code: 64, out: '' });
  });

  test('a file with errors is reported and stays unchanged; the others are formatted', () => {
    const broken = untidy.replace('service: reviews', 'service: [reviews');
    const repository = new Repository({ ...shop, 'a.yaml': broken, 'routes.yaml': untidy });
    const { code, out, error } = repository.mesh(['fmt']);
    expect(code).toBe(3);
    expect(out).toBe('formatted routes.yaml\n1 file formatted, 3 in order already\n');
    expect(error).toMatch(/^a\.yaml:\d+:\d+ error MESH1003\n/);
    expect(read(repository, 'a.yaml')).toBe(broken);
    const data = conforming('fmt', repository.mesh(['fmt', '--format', 'json']).out);
    expect(data).toMatchObject({
      check: false,
      counts: { changed: 0, unchanged: 4 },
      files: [],
      diagnostics: [{ code: 'MESH1003', file: 'a.yaml' }],
    });
  });

  test('a form of YAML without a rule stays unchanged, with a warning', () => {
    const odd = `${tidy}---\n? apiVersion\n: mesh/v1\nkind: Profile\nmetadata: {name: gold}\nspec: {settings: {}}\n`;
    const repository = new Repository({ ...shop, 'routes.yaml': odd });
    const { code, error } = repository.mesh(['fmt']);
    expect(code).toBe(0);
    expect(error).toMatch(/^routes\.yaml:12:1 warning MESH1030\n/);
    expect(read(repository, 'routes.yaml')).toBe(odd);
    expect(repository.mesh(['fmt', '--fail-on', 'warning']).code).toBe(3);
  });

  test('files without mesh documents stay unchanged, and so do other documents in files with mesh documents', () => {
    const foreign = 'kind:   Deployment\napiVersion: apps/v1\nspec: { a:   1 }   # x\n';
    const repository = new Repository({
      ...shop,
      'deployment.yaml': foreign,
      'routes.yaml': `${foreign}---\n${untidy}---\n${foreign}`,
    });
    expect(repository.mesh(['fmt']).out).toBe(
      'formatted routes.yaml\n1 file formatted, 3 in order already\n',
    );
    expect(read(repository, 'deployment.yaml')).toBe(foreign);
    expect(read(repository, 'routes.yaml')).toBe(`${foreign}---\n${tidy}---\n${foreign}`);
  });

  test('CR LF, a byte order mark and the mode of the file stay', () => {
    const repository = new Repository(shop);
    const file = path.join(repository.root, 'routes.yaml');
    writeFileSync(file, `\ufeff${untidy.replaceAll('\n', '\r\n')}`);
    chmodSync(file, 0o664);
    expect(repository.mesh(['fmt', 'routes.yaml']).code).toBe(0);
    expect(read(repository, 'routes.yaml')).toBe(`\ufeff${tidy.replaceAll('\n', '\r\n')}`);
    expect(statSync(file).mode & 0o777).toBe(0o664);
    expect(repository.mesh(['fmt', '--check']).code).toBe(0);
  });

  test('a link inside the root stays a link; a link that leads out is refused', () => {
    const repository = new Repository({ ...shop, 'texts/routes.txt': untidy, 'routes.yaml': '' });
    const outside = new Repository({ 'routes.yaml': untidy });
    symlinkSync('texts/routes.txt', path.join(repository.root, 'linked.yaml'));
    expect(repository.mesh(['fmt']).out).toContain('formatted linked.yaml\n');
    expect(lstatSync(path.join(repository.root, 'linked.yaml')).isSymbolicLink()).toBe(true);
    expect(read(repository, 'texts/routes.txt')).toBe(tidy);
    symlinkSync(path.join(outside.root, 'routes.yaml'), path.join(repository.root, 'out.yaml'));
    const { code, error } = repository.mesh(['fmt']);
    expect(code).toBe(3);
    expect(error).toMatch(/^out\.yaml:1:1 error MESH1021\n/);
    expect(read(outside, 'routes.yaml')).toBe(untidy);
  });

  test('`-` formats standard input to standard output', () => {
    const repository = new Repository({});
    expect(repository.mesh(['fmt', '-'], { input: untidy })).toEqual({ code: 0, out: tidy, error: '' });
    const foreign = 'a:   1\n';
    expect(repository.mesh(['fmt', '-'], { input: foreign }).out).toBe(foreign);
    const broken = repository.mesh(['fmt', '-'], { input: 'apiVersion: mesh/v1\nkind: [\n' });
    expect(broken).toMatchObject({ code: 3, out: 'apiVersion: mesh/v1\nkind: [\n' });
    expect(broken.error).toMatch(/^-:\d+:\d+ error MESH1003/);
    const check = repository.mesh(['fmt', '--check', '-'], { input: untidy });
    expect(check.code).toBe(3);
    expect(check.out).toContain('\n-kind: Route\n');
    expect(repository.mesh(['fmt', '-', 'a.yaml']).code).toBe(64);
  });

  test('FILES belong to the mesh above each of them; files of no mesh stay unchanged', () => {
    const mesh = Object.fromEntries(Object.entries(shop).map(([file, text]) => [`mesh/${file}`, text]));
    const repository = new Repository({ ...mesh, 'mesh/routes.yaml': untidy, 'ci.yaml': 'a:   1\n' });
    const ran = repository.mesh(['fmt', 'ci.yaml', 'mesh/routes.yaml', 'mesh/access.yaml']);
    expect(ran).toEqual({
      code: 0,
      out: 'formatted routes.yaml\n1 file formatted, 1 in order already\n',
      error: '"ci.yaml" belongs to no mesh and is left alone\n',
    });
    expect(read(repository, 'mesh/routes.yaml')).toBe(tidy);
    expect(repository.mesh(['fmt', 'nosuch.yaml'])).toMatchObject({ code: 64, out: '' });
  });

  test('`mesh init` writes canonical form', () => {
    const repository = new Repository({});
    repository.mesh(['init']);
    expect(repository.mesh(['fmt', '--check'])).toMatchObject({ code: 0, error: '' });
  });
});
