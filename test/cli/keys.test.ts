import { generateKeyPairSync } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const secret = `kind: Secret\napiVersion: v1\ndata: {tls.key: ${Buffer.from(pem).toString('base64')}}\n`;

/** Returns true if an output contains part of a key. */
function shows(text: string): boolean {
  const bodies = [pem.split('\n')[1]!, Buffer.from(pem).toString('base64').slice(60, 100)];
  return bodies.some((body) => text.includes(body.slice(0, 24)));
}

describe('mesh keys check', () => {
  test('passes if there is no key, in any repository', () => {
    const ran = new Repository({ 'a.txt': 'x', 'b/c.yaml': 'a: 1\n' }).committed().mesh(['keys', 'check']);
    expect(ran).toEqual({ code: 0, out: 'no private key in plain text (2 files)\n', error: '' });
    expect(new Repository(shop).mesh(['keys', 'check']).code).toBe(0);
  });

  test('shows the places of keys, never the keys', () => {
    const repository = new Repository({
      ...shop,
      'keys/a.pem': `# x\n${pem}`,
      'secret.yaml': secret,
    }).committed();
    const { code, out, error } = repository.mesh(['keys', 'check']);
    expect({ code, out }).toEqual({ code: 3, out: '2 private keys in plain text\n' });
    expect(error).toMatch(/^keys\/a\.pem:2:1 error MESH1040\n {2}a private key in plain text\n/);
    expect(error).toContain('secret.yaml:3:17 error MESH1040');
    for (const format of ['json', 'ndjson', 'sarif', 'junit', 'github', 'markdown']) {
      const ran = repository.mesh(['keys', 'check', '--format', format]);
      expect(ran.code).toBe(3);
      expect(shows(ran.out + ran.error)).toBe(false);
      if (format === 'json')
        expect(conforming('diagnostics', ran.out)).toMatchObject({ counts: { error: 2 } });
    }
    expect(shows(out + error)).toBe(false);
    expect(repository.mesh(['keys', 'check', 'services.yaml', 'mesh.yaml']).code).toBe(0);
    expect(repository.mesh(['keys', 'check', 'keys']).code).toBe(3);
    expect(repository.mesh(['keys', 'check', '--exclude', 'keys/**', '--exclude', 'secret.yaml']).code).toBe(
      0,
    );
  });

  test('--staged searches the index, not the working tree', () => {
    const repository = new Repository({ 'a.pem': pem }).committed();
    repository.write('a.pem', 'gone\n');
    expect(repository.mesh(['keys', 'check']).code).toBe(0);
    expect(repository.mesh(['keys', 'check', '--staged']).code).toBe(3);
    expect(repository.mesh(['keys', 'check', '--staged', 'a.pem']).code).toBe(3);
    repository.git('add', 'a.pem');
    repository.write('a.pem', pem);
    expect(repository.mesh(['keys', 'check', '--staged']).code).toBe(0);
    expect(repository.mesh(['keys', 'check']).code).toBe(3);
    expect(repository.mesh(['keys', 'check', '--revision', 'HEAD']).code).toBe(3);
    expect(repository.mesh(['keys', 'check', '--revision', 'nosuch']).code).toBe(15);
  });

  test('does not search ignored files, links and the Git directory', () => {
    const repository = new Repository({ '.gitignore': '*.pem\n', 'a.pem': pem, '.git/info/b': pem });
    repository.git('init', '--quiet');
    symlinkSync('a.pem', path.join(repository.root, 'link'));
    expect(repository.mesh(['keys', 'check'])).toMatchObject({ code: 0, error: '' });
    repository.git('add', '--force', 'a.pem');
    expect(repository.mesh(['keys', 'check']).code).toBe(3);
  });

  test('file names are relative to the top of the repository, FILES to the working directory', () => {
    const repository = new Repository({ 'a/b/c.txt': pem }).committed();
    const cwd = path.join(repository.root, 'a/b');
    const { code, error } = repository.mesh(['keys', 'check', 'c.txt'], { cwd });
    expect(code).toBe(3);
    expect(error).toContain('a/b/c.txt:1:1 error');
  });

  test('without Git searches all files', () => {
    const repository = new Repository({ 'a/b.txt': secret });
    expect(repository.mesh(['keys', 'check']).code).toBe(3);
    expect(repository.mesh(['keys', 'check', '--staged'])).toMatchObject({ code: 15, out: '' });
  });
});
