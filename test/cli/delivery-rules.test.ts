import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 240_000 };

/** Returns the shop with these delivery rules and a certificate authority; `origin` is a repository beside it. */
function ruled(rules: string): Repository {
  const mesh = (shop['mesh.yaml'] ?? '')
    .replace('output: {directory: live}', `output: {directory: live}, delivery: ${rules}`)
    .replace('defaults:', 'certificates: {root: {keys: file}, issuer: {keys: file}}\n  defaults:');
  const repository = new Repository({ ...shop, 'mesh.yaml': mesh }).committed();
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  repository.git('init', '--quiet', '--bare', 'upstream.git');
  repository.write('.gitignore', 'upstream.git\nplan.json\n');
  commit(repository, 'trust');
  repository.git('remote', 'add', 'origin', path.join(repository.root, 'upstream.git'));
  return repository;
}

function commit(repository: Repository, message: string): void {
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', message);
}

test('requirePlan accepts only saved plans, and a commit cannot lift the rule for itself', limit, () => {
  const repository = ruled('{requirePlan: true}');
  const first = repository.mesh(['apply', '--yes']);
  expect(first.code, first.error).toBe(4);
  expect(first.error).toContain('target local takes saved plans alone');
  expect(repository.mesh(['plan', '--out', 'plan.json']).code).toBe(0);
  const saved = repository.mesh(['apply', 'plan.json', '--quiet']);
  expect(saved.code, saved.error).toBe(0);

  const mesh = readFileSync(path.join(repository.root, 'mesh.yaml'), 'utf8');
  repository.write('mesh.yaml', mesh.replace(', delivery: {requirePlan: true}', '').replace('3s', '4s'));
  commit(repository, 'lift it');
  expect(repository.mesh(['apply', '--yes']).code).toBe(4);
  expect(repository.mesh(['plan', '--out', 'plan.json']).code).toBe(0);
  expect(repository.mesh(['apply', 'plan.json', '--quiet']).code).toBe(0);
  // An apply of an approved plan lifts the rule.
  repository.write('mesh.yaml', mesh.replace(', delivery: {requirePlan: true}', '').replace('3s', '5s'));
  commit(repository, 'slower');
  const free = repository.mesh(['apply', '--yes', '--quiet']);
  expect(free.code, free.error).toBe(0);
});

test('branches accepts only commits that are on one of these branches of the upstream', limit, () => {
  const repository = ruled('{branches: [main, release]}');
  const unknown = repository.mesh(['apply', '--yes']);
  expect(unknown.code, unknown.error).toBe(4);
  expect(unknown.error).toMatch(/commits of main, release alone, and \w{12} is on no such branch/);
  repository.git('push', '--quiet', 'origin', 'HEAD:feature');
  repository.git('fetch', '--quiet');
  expect(repository.mesh(['apply', '--yes']).code).toBe(4);
  repository.git('push', '--quiet', 'origin', 'HEAD:release');
  repository.git('fetch', '--quiet');
  // Detach HEAD, as checkouts in CI do.
  repository.git('checkout', '--quiet', '--detach');
  const released = repository.mesh(['apply', '--yes', '--quiet']);
  expect(released.code, released.error).toBe(0);

  repository.write('routes.yaml', (shop['routes.yaml'] ?? '').replace('weight: 90', 'weight: 80'));
  const dirty = repository.mesh(['apply', '--yes', '--allow-dirty']);
  expect(dirty.code).toBe(4);
  expect(dirty.error).toContain('what is here is no commit');
  commit(repository, 'ahead');
  expect(repository.mesh(['apply', '--yes']).code).toBe(4);
  // An older commit of the branch is also on the branch.
  const old = repository.mesh(['apply', '--yes', '--revision', 'HEAD~1', '--quiet']);
  expect(old.code, old.error).toBe(0);
});
