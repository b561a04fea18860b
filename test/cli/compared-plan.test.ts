import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 240_000 };

/** Returns a shop with outputs of every type; none of the outputs exists. */
function outputs(): Repository {
  const targets = `local: {platform: envoy, output: {directory: live}}
    pushed: {platform: envoy, output: {git: {repository: "https://git.invalid/deploy", branch: main}}}
    cluster: {platform: istio, output: {kubernetes: {context: nowhere}}}
    none: {platform: envoy}`;
  const mesh = (shop['mesh.yaml'] ?? '').replace(
    'local: {platform: envoy, output: {directory: live}}',
    targets,
  );
  return new Repository({ ...shop, 'mesh.yaml': mesh }).committed();
}

function change(repository: Repository, weight: string): void {
  repository.write('routes.yaml', (shop['routes.yaml'] ?? '').replace('weight: 90', `weight: ${weight}`));
}

test('Git is compared with Git, for targets with any output or none', limit, () => {
  const repository = outputs();
  const same = repository.mesh(['plan', '--base', 'HEAD', '--detailed-exitcode']);
  expect(same.code, same.error).toBe(0);
  expect(same.out).toContain('No changes: it compiles to what it did at HEAD.');

  change(repository, '80');
  const json = repository.mesh(['plan', '--base', 'HEAD', '--detailed-exitcode', '--format', 'json']);
  expect(json.code, json.error).toBe(2);
  const plan = conforming('plan', json.out);
  const commit = repository.git('rev-parse', 'HEAD').trim();
  expect(Object.keys(plan.targets).sort()).toEqual(['cluster', 'local', 'none', 'pushed']);
  expect(plan.base).toEqual({ cluster: commit, local: commit, none: commit, pushed: commit });
  expect(plan.head).toMatchObject({ commit, dirty: true });
  expect(plan.targets.cluster.objects).toEqual([
    expect.objectContaining({
      op: 'update',
      ref: expect.stringContaining('VirtualService'),
      fields: expect.arrayContaining([expect.objectContaining({ before: 90, after: 80 })]) as unknown,
    }),
  ]);
  const { cluster: _, ...files } = plan.targets;
  for (const target of Object.values<Record<string, unknown>>(files)) {
    // Only the weights change, from 90:10 to 80:10 (routes.yaml). Values that aren't computed are absent.
    expect(target).not.toHaveProperty('certificates');
    expect(target).toMatchObject({ access: { gained: [], lost: [] } });
    expect(target['objects']).toEqual([
      expect.objectContaining({
        op: 'update',
        ref: expect.stringContaining('RouteConfiguration'),
        origin: expect.objectContaining({ file: 'routes.yaml', line: 7 }),
        fields: [
          expect.objectContaining({
            path: expect.stringMatching(/shop\/reviews\/v1\/http\]\.weight$/),
            before: 90,
            after: 80,
          }),
        ],
      }),
    ]);
  }
  expect(existsSync(path.join(repository.root, 'live'))).toBe(false);

  repository.git('commit', '--all', '--quiet', '--message', 'less of v1');
  change(repository, '70');
  // Both sides come from Git: the working tree has no effect.
  const between = repository.mesh(['plan', '--base', 'HEAD~1', '--revision', 'HEAD', '--target', 'none']);
  expect(between.code, between.error).toBe(0);
  expect(between.out).toContain('90 → 80');
  expect(between.out).not.toContain('Target local');
});

test('as the comment of a pull request', limit, () => {
  const repository = outputs();
  change(repository, '80');
  const { code, out } = repository.mesh(['plan', '--base', 'HEAD', '--format', 'markdown']);
  expect(code).toBe(0);
  expect(out).toContain('<!-- mesh:plan:default -->');
  expect(out).toContain('weight: 90\n+     virtual_hosts');
  // The comment offers only targets that apply can deliver.
  expect(out).toContain('mesh plan --target cluster --target local --out plan.json');
  const none = repository.mesh(['plan', '--base', 'HEAD', '--target', 'none', '--format', 'markdown']);
  expect(none.out).not.toContain('mesh apply');
});

test('a new or removed target is created or deleted as a whole, and the first mesh is all new', limit, () => {
  const repository = outputs();
  repository.git('rm', '--quiet', '--cached', '-r', '.');
  repository.git('commit', '--quiet', '--amend', '--allow-empty', '--message', 'nothing yet');
  const first = repository.mesh(['plan', '--base', 'HEAD', '--format', 'json']);
  expect(first.code, first.error).toBe(0);
  const created = JSON.parse(first.out).counts;
  expect(created.create).toBeGreaterThan(40);
  expect(created).toMatchObject({ update: 0, delete: 0 });

  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'first');
  repository.write('mesh.yaml', (shop['mesh.yaml'] ?? '').replace('local:', 'other:'));
  const moved = JSON.parse(repository.mesh(['plan', '--base', 'HEAD', '--format', 'json']).out);
  const ops = (target: string): ReadonlySet<string> =>
    new Set(moved.targets[target].objects.map(({ op }: { op: string }) => op));
  expect(ops('local')).toEqual(new Set(['delete']));
  expect(ops('other')).toEqual(new Set(['create']));
});

test('an impossible comparison is an error', limit, () => {
  const repository = outputs();
  repository.write('routes.yaml', 'kind: Route\n');
  repository.git('commit', '--all', '--quiet', '--message', 'broken');
  change(repository, '80');
  const broken = repository.mesh(['plan', '--base', 'HEAD']);
  expect(broken.code).toBe(3);
  expect(broken.error).toContain('the mesh at "HEAD" has these errors');
  for (const [args, code, reason] of [
    [['--base', 'nothing'], 15, 'no commit "nothing"'],
    [['--base', 'HEAD', '--out', 'x.json'], 64, '--out'],
    [['--base', 'HEAD~1', '--target', 'other'], 64, 'no target "other"'],
    [['--base', 'HEAD', '--show', 'x.json'], 64, '--base'],
    [['--base', '--upload-pack=touch x'], 15, 'no commit'],
  ] as const) {
    const ran = repository.mesh(['plan', ...args]);
    expect(ran.code, ran.error).toBe(code);
    expect(ran.error).toContain(reason);
  }
});
