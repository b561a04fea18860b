import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 240_000 };
const routes = 'config/current/scopes/shop.web/rds.json';

/** Returns a shop in Git that was applied to `live/` (and to `other/` with two targets). */
function applied(targets = 'local: {platform: envoy, output: {directory: live}}'): Repository {
  const mesh = (shop['mesh.yaml'] ?? '')
    .replace('local: {platform: envoy, output: {directory: live}}', targets)
    .replace('defaults:', 'certificates: {root: {keys: file}, issuer: {keys: file}}\n  defaults:');
  const repository = new Repository({ ...shop, 'mesh.yaml': mesh }).committed();
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'trust');
  const ran = repository.mesh(['apply', '--yes', '--quiet']);
  expect(ran.code, ran.error).toBe(0);
  return repository;
}

function change(repository: Repository, file: string, from: string, to: string): void {
  const place = path.join(repository.root, 'live', file);
  const text = readFileSync(place, 'utf8');
  expect(text).toContain(from);
  writeFileSync(place, text.replace(from, to));
}

function json(repository: Repository, command: 'drift' | 'status', ...more: readonly string[]) {
  const ran = repository.mesh([command, '--format', 'json', ...more]);
  expect(ran.code, ran.error).toBe(0);
  return conforming(command, ran.out).targets;
}

test('drift names the field, the line of the spec and the owner, even if the spec is broken', limit, () => {
  const repository = applied();
  expect(json(repository, 'drift').local.drift).toEqual([]);
  expect(repository.mesh(['drift', '--detailed-exitcode']).code).toBe(0);

  change(repository, routes, '90', '50');
  repository.write('routes.yaml', 'kind: {{{\n');
  const before = Date.now() - 60_000;
  const { drift: found, spec } = json(repository, 'drift').local;
  // In words of the spec: the rule on line 7, once, although more than one proxy may have the route.
  expect(spec).toEqual([
    {
      ...{ op: 'update', kind: 'Route', namespace: 'shop', name: 'reviews' },
      within: ['rule 1'],
      field: 'weight (shop/reviews/v1/http)',
      ...{ before: 90, after: 50 },
      origin: { file: 'routes.yaml', line: 7, column: 7 },
    },
  ]);
  expect(found).toEqual([
    {
      type: 'file',
      state: 'changed',
      path: routes,
      by: { owner: userInfo().username, modified: expect.any(String) },
      objects: [
        expect.objectContaining({
          op: 'update',
          ref: `${routes}#RouteConfiguration/outbound`,
          // In the applied revision the split is on line 7 of routes.yaml.
          origin: { file: 'routes.yaml', line: 7, column: 7 },
          fields: [
            expect.objectContaining({
              path: expect.stringMatching(/v1\/http\]\.weight$/),
              before: 90,
              after: 50,
            }),
          ],
        }),
      ],
    },
  ]);
  expect(Date.parse(found[0].by.modified)).toBeGreaterThan(before);
  const text = repository.mesh(['drift', '--detailed-exitcode']);
  expect(text.code, text.error).toBe(2);
  expect(text.out).toContain('routes.yaml:7:7');
  expect(text.out).toContain('~ Route shop/reviews, rule 1: weight (shop/reviews/v1/http): 90 → 50');
  expect(text.out).not.toContain('RouteConfiguration');
  expect(repository.mesh(['drift', '--verbose']).out).toContain('RouteConfiguration');
  // Without the repository the records of the output have the same data.
  const alone = repository.mesh(['drift', '--directory', 'live', '--detailed-exitcode']);
  expect(alone.code, alone.error).toBe(2);
  expect(alone.out).toContain('90 → 50');
});

test('missing and additional files, changed links and missing certificates are drift', limit, () => {
  const repository = applied();
  const live = path.join(repository.root, 'live');
  const kinds = (): readonly string[] =>
    json(repository, 'drift').local.drift.map(
      ({ type, state, path: at }: { type: string; state?: string; path: string }) => `${state ?? type} ${at}`,
    );
  const revision = readlinkSync(path.join(live, 'config/current')).replace('../', '');
  rmSync(path.join(live, routes));
  rmSync(path.join(live, 'secrets/current/shop-web-default-0.json'));
  rmSync(path.join(live, 'proxies/shop-reviews-v1-0/sds.json'));
  writeFileSync(path.join(live, revision, 'scopes/extra.json'), '{}');
  symlinkSync('/etc', path.join(live, revision, 'scopes/etc'));
  expect(kinds()).toEqual([
    `removed ${routes}`,
    `added ${revision}/scopes/etc`,
    `added ${revision}/scopes/extra.json`,
    'link proxies/shop-reviews-v1-0/sds.json',
    'removed secrets/current/shop-web-default-0.json',
  ]);

  rmSync(path.join(live, 'config/current'));
  symlinkSync('../revisions/elsewhere', path.join(live, 'config/current'));
  const [link] = json(repository, 'drift').local.drift;
  expect(link).toMatchObject({ type: 'link', path: 'config/current' });
  expect(link.detail).toContain('"../revisions/elsewhere"');
  expect(link.detail).toContain(`"../${revision}" was applied`);
  rmSync(path.join(live, 'config/current'));
  expect(json(repository, 'drift').local.drift[0].detail).toContain('it is gone');
});

test('text that was written by hand can not steer the terminal, and keys are not printed', limit, () => {
  const repository = applied();
  change(repository, routes, '"outbound"', JSON.stringify('\u001b[2J-----BEGIN PRIVATE KEY-----abc'));
  for (const args of [['drift'], ['drift', '--format', 'json'], ['drift', '--verbose']]) {
    const { out, error } = repository.mesh(args);
    expect(out + error).not.toContain('\u001b[2J');
    expect(out + error).not.toContain('BEGIN PRIVATE KEY-----abc"');
  }
  change(repository, routes, '{', 'this is no JSON {');
  expect(json(repository, 'drift').local.drift[0].detail).toBe('it cannot be read as what it was');
});

test('--watch reports when differences begin and end, until it is interrupted', limit, async () => {
  const repository = applied();
  const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
  const child = spawn(process.execPath, [bin, 'drift', '--watch', '--every', '1s', '--format', 'ndjson'], {
    cwd: repository.root,
    env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const written = readFileSync(path.join(repository.root, 'live', routes), 'utf8');
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    if (text.includes('"start"')) change(repository, routes, '90', '50');
    if (text.includes('"change"')) writeFileSync(path.join(repository.root, 'live', routes), written);
    if (text.includes('"notice"')) child.kill('SIGINT');
    out += text;
  });
  expect(await new Promise((done) => child.once('close', done))).toBe(130);
  const events = out
    .trim()
    .split('\n')
    .map((line) => conforming('events', line));
  expect(events.map(({ type }) => type)).toEqual(['start', 'change', 'notice', 'end']);
  expect(events[0]).toMatchObject({ command: 'drift', seq: 1 });
  expect(events[1]).toMatchObject({
    target: 'local',
    ref: routes,
    op: 'update',
    by: { owner: userInfo().username },
  });
  expect(events[3]).toMatchObject({ exitCode: 130, outcome: { result: 'interrupted' } });
});

test(
  'formats that --watch can not write, and formats that only --watch can write, are refused',
  limit,
  () => {
    const repository = new Repository(shop).committed();
    for (const args of [
      ['--watch', '--format', 'json'],
      ['--format', 'ndjson'],
      ['--watch', '--every', '0s'],
      ['--watch', '--output', 'x'],
    ])
      expect(repository.mesh(['drift', ...args]).code, args.join(' ')).toBe(64);
  },
);

test('status shows the applied revision, its author, and problems', limit, () => {
  const repository = applied();
  const commit = repository.git('rev-parse', 'HEAD').trim();
  const status = json(repository, 'status').local;
  expect(status.applied).toMatchObject({ commit, dirty: false, command: 'apply', outcome: 'succeeded' });
  expect(status.applied.actor).toContain(userInfo().username);
  // Nobody has started the Envoys of this shop.
  expect(status.proxies.map(({ state }: { state: string }) => state)).toEqual(['unseen', 'unseen', 'unseen']);
  // A workload's certificate on Envoy is valid for seven days, less the time that has passed.
  expect(status.certificates.map(({ state }: { state: string }) => state)).toEqual(['good', 'good', 'good']);
  expect(status).not.toHaveProperty('run');
  expect(status).not.toHaveProperty('lock');
  expect(repository.mesh(['status', '--detailed-exitcode']).code).toBe(0);

  repository.write('routes.yaml', 'kind: {{{\n');
  change(repository, routes, '90', '50');
  const drifted = repository.mesh(['status', '--detailed-exitcode']);
  expect(drifted.code, drifted.error).toBe(2);
  expect(drifted.out).toContain(routes);

  rmSync(path.join(repository.root, 'live/secrets/current/shop-web-default-0.json'));
  const uncertain = repository.mesh(['status', '--detailed-exitcode']);
  expect(uncertain.code).toBe(13);
  expect(uncertain.out).toContain('shop-web-default-0 (missing)');
  expect(repository.mesh(['status']).code).toBe(0);
});

test('with several targets each has an answer, and the worst decides the exit code', limit, () => {
  const both =
    'local: {platform: envoy, output: {directory: live}}\n    other: {platform: envoy, output: {directory: other}}';
  const repository = applied(both);
  expect(repository.mesh(['status', '--detailed-exitcode']).code).toBe(0);
  change(repository, routes, '90', '50');
  rmSync(path.join(repository.root, 'other/secrets/current/shop-web-default-0.json'));
  expect(repository.mesh(['status', '--detailed-exitcode']).code).toBe(13);
  expect(repository.mesh(['status', '--detailed-exitcode', '--target', 'local']).code).toBe(2);
  const quiet = repository.mesh(['drift', '--quiet', '--target', 'local']);
  expect(quiet.out).toContain('Target local');
  expect(existsSync(path.join(repository.root, 'other/config/current'))).toBe(true);
});

test('a target without an apply has no drift', limit, () => {
  const repository = new Repository(shop).committed();
  expect(repository.mesh(['drift', '--detailed-exitcode']).out).toContain('Nothing was applied yet');
  expect(repository.mesh(['status', '--detailed-exitcode']).code).toBe(0);
  expect(json(repository, 'status').local).toEqual({ proxies: [], certificates: [], differing: [] });
});

test('an apply that writes again what was changed by hand is a repair', limit, () => {
  const repository = applied();
  change(repository, routes, '90', '50');
  const ran = repository.mesh(['apply', '--yes', '--allow-dirty', '--format', 'ndjson']);
  expect(ran.code, ran.error).toBe(0);
  const stages = ran.out
    .trim()
    .split('\n')
    .map((line) => conforming('events', line))
    .filter(({ type }) => type === 'switch');
  expect(stages).toEqual([expect.objectContaining({ stage: 'repair', stages: ['repair'] })]);
  expect(json(repository, 'drift').local.drift).toEqual([]);
});
