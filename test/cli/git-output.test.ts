import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository } from './repository.ts';

const limit = { timeout: 240_000 };
const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

function meshText(repository: string, timeout: string): string {
  return `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  defaults: {timeout: ${timeout}}
  targets:
    eu: {platform: istio, output: {git: {repository: ${repository}, branch: main, path: clusters/eu}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: {http: {port: 80}}}
`;
}

/** A mesh with its deployment repository beside it. */
class Deployed {
  readonly remote = path.join(mkdtempSync(path.join(tmpdir(), 'meshwright-deploy-')), 'deploy.git');
  readonly spec: Repository;

  constructor() {
    onTestFinished(() => rmSync(path.dirname(this.remote), { recursive: true, force: true }));
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', this.remote]);
    this.spec = new Repository({ 'mesh.yaml': meshText(this.remote, '3s') }).committed();
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.remote, encoding: 'utf8' }).trim();
  }

  change(timeout: string): void {
    this.spec.write('mesh.yaml', meshText(this.remote, timeout));
    this.spec.git('commit', '--quiet', '--all', '--message', timeout);
  }

  commits(): number {
    return Number(this.git('rev-list', '--count', 'main'));
  }

  route(): string {
    return this.git('show', 'main:clusters/eu/shop/virtualservice.networking.istio.io/web.yaml');
  }
}

test(
  'a mesh is planned, applied, observed and rolled back only through its deployment repository',
  limit,
  () => {
    const deployed = new Deployed();
    const { spec } = deployed;
    expect(spec.mesh(['plan', '--detailed-exitcode']).code).toBe(2);
    expect(deployed.git('for-each-ref')).toBe('');
    const first = spec.mesh(['apply', '--yes']);
    expect(first.code, first.error).toBe(0);
    expect(first.error).toContain('committed and pushed, as revision');
    expect(deployed.git('log', '-1', '--format=%(trailers:key=Mesh-Revision,valueonly)')).toBe(
      spec.git('rev-parse', 'HEAD').trim(),
    );
    expect(spec.mesh(['plan', '--detailed-exitcode']).code).toBe(0);
    expect(spec.mesh(['apply', '--yes']).code).toBe(0);
    expect(spec.mesh(['apply', '--resume', '--yes']).code).toBe(0);
    expect(deployed.commits()).toBe(1);

    const written = meshText(deployed.remote, '3s');
    spec.write('mesh.yaml', written.replace('path: clusters/eu', 'path: clusters/eu, layout: kinds'));
    const moving = spec.mesh(['plan']).out;
    expect(moving).toMatch(/^Plan: 0 to create, 0 to update, 0 to delete, and files alone: \d+ to create, /m);
    expect(moving).toMatch(/^ {2}Files: \d+ to create, .*\d+ to delete; every object stays as it is$/m);
    expect(spec.mesh(['plan', '--detailed-exitcode']).code).toBe(2);

    deployed.change('4s');
    expect(spec.mesh(['plan', '--out', 'plan.json']).code).toBe(0);
    const approved = spec.mesh(['apply', 'plan.json', '--allow-dirty']);
    expect(approved.code, approved.error).toBe(0);
    expect(deployed.route()).toContain('timeout: "4s"');
    expect(spec.mesh(['apply', 'plan.json', '--allow-dirty']).code).toBe(5);

    // The deployment repository has all data that a rollback needs.
    const back = spec.mesh(['rollback', '--yes']);
    expect(back.code, back.error).toBe(0);
    expect(deployed.route()).toContain('timeout: "3s"');
    expect(spec.mesh(['apply', '--yes', '--allow-dirty']).code).toBe(4);
    expect(deployed.commits()).toBe(3);
    const { entries } = (
      JSON.parse(spec.mesh(['history', '--format', 'json']).out) as {
        readonly targets: {
          readonly eu: { readonly entries: readonly { readonly id: string; readonly outcome: string }[] };
        };
      }
    ).targets.eu;
    expect(entries.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'succeeded']);

    const pinned = spec.mesh(['history', '--pin', entries[0]?.id ?? '']);
    expect(pinned.code, pinned.error).toBe(0);
    expect(spec.mesh(['history']).out).toContain('pinned');
    const hold = /--release-hold (\w+)/.exec(spec.mesh(['status']).out.replaceAll(/\s+/g, ' '))?.[1] ?? '';
    const released = spec.mesh(['apply', '--yes', '--allow-dirty', '--release-hold', hold]);
    expect(released.code, released.error).toBe(0);
    expect(deployed.route()).toContain('timeout: "4s"');
  },
);

test('kill -9 at each end of a push leaves the commit from before or after it', limit, async () => {
  const deployed = new Deployed();
  const { spec } = deployed;
  expect(spec.mesh(['apply', '--yes']).code).toBe(0);
  const pidFile = path.join(path.dirname(deployed.remote), 'pid');
  for (const [i, hook] of ['pre-receive', 'post-receive'].entries()) {
    const file = path.join(deployed.remote, 'hooks', hook);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\nkill -9 "$(cat '${pidFile}')"\n`);
    chmodSync(file, 0o755);
    deployed.change(`${String(5 + i)}s`);
    const child = spawn(process.execPath, [bin, 'apply', '--yes', '--root', spec.root], { stdio: 'ignore' });
    writeFileSync(pidFile, String(child.pid));
    const [, signal] = (await once(child, 'close')) as [unknown, string | null];
    expect(signal).toBe('SIGKILL');
    rmSync(file);
    const again = spec.mesh(['apply', '--yes', '--resume']);
    expect(again.code, again.error).toBe(0);
    expect(deployed.route()).toContain(`timeout: "${String(5 + i)}s"`);
    expect(spec.mesh(['drift', '--detailed-exitcode']).code).toBe(0);
    // Either the push that outlived the process, or that of the second run, has succeeded: never both.
    expect(deployed.commits()).toBe(2 + i);
  }
});

test(
  'SIGTERM in the middle of a push ends with 143, and the message says if the commit was pushed',
  limit,
  async () => {
    const deployed = new Deployed();
    const { spec } = deployed;
    const hook = path.join(deployed.remote, 'hooks', 'pre-receive');
    const reached = path.join(path.dirname(deployed.remote), 'reached');
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch '${reached}'\nsleep 60\n`);
    chmodSync(hook, 0o755);
    const child = spawn(process.execPath, [bin, 'apply', '--yes', '--root', spec.root], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let error = '';
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString('utf8')));
    while (!existsSync(reached)) await new Promise((done) => setTimeout(done, 50));
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, error }).toEqual({
      code: 143,
      error: expect.stringContaining('nothing was written') as string,
    });
    expect(deployed.git('for-each-ref')).toBe('');
    rmSync(hook);
    expect(spec.mesh(['apply', '--yes']).code).toBe(0);
  },
);

test(
  'progress for programs has the push; a file of somebody else stops an apply until it is adopted',
  limit,
  () => {
    const deployed = new Deployed();
    const { spec } = deployed;
    const clone = path.join(path.dirname(deployed.remote), 'clone');
    execFileSync('git', ['clone', '--quiet', deployed.remote, clone], { stdio: 'ignore' });
    const list = 'clusters/eu/kustomization.yaml';
    mkdirSync(path.join(clone, 'clusters/eu'), { recursive: true });
    writeFileSync(path.join(clone, list), 'resources: []\n');
    const person = ['-C', clone, '-c', 'user.name=a', '-c', 'user.email=a@example'];
    execFileSync('git', [...person, 'add', '--all']);
    execFileSync('git', [...person, 'commit', '--quiet', '--message', 'theirs']);
    execFileSync('git', [...person, 'push', '--quiet', 'origin', 'HEAD:main']);
    const refused = spec.mesh(['apply', '--yes']);
    expect(refused.code).toBe(7);
    expect(refused.error).toContain('--adopt kustomization.yaml');
    expect(deployed.commits()).toBe(1);
    const adopted = spec.mesh(['apply', '--yes', '--adopt', 'kustomization.yaml', '--format', 'ndjson']);
    expect(adopted.code, adopted.error).toBe(0);
    const events = adopted.out.trimEnd().split('\n');
    for (const event of events) conforming('events', event);
    expect(events.some((event) => event.includes('"stage":"push"'))).toBe(true);
    expect(deployed.git('show', `main:${list}`)).toContain('virtualservice');
  },
);

test('a deployment repository that a commit of the spec could contain runs no hook', limit, () => {
  const deployed = new Deployed();
  const { spec } = deployed;
  const inside = path.join(spec.root, 'deploy.git');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', inside]);
  const proof = path.join(path.dirname(deployed.remote), 'ran');
  const hook = path.join(inside, 'hooks', 'pre-receive');
  mkdirSync(path.dirname(hook), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\ntouch '${proof}'\n`);
  chmodSync(hook, 0o755);
  for (const name of ['deploy.git', './x/../deploy.git', inside]) {
    spec.write('mesh.yaml', meshText(name, '3s'));
    const refused = spec.mesh(['apply', '--yes', '--allow-dirty']);
    expect(refused.code, refused.error).toBe(3);
    expect(refused.error).toContain('is inside the repository of the spec');
  }
  for (const [name, code] of [
    ['ext::sh', 3],
    ['nowhere.git', 15],
    ['ssh://-oProxyCommand=x/y', 3],
  ] as const) {
    spec.write('mesh.yaml', meshText(JSON.stringify(name), '3s'));
    expect(spec.mesh(['plan']).code).toBe(code);
  }
  expect(() => readFileSync(proof)).toThrow(/ENOENT/);
});

test('a rollout runs in no deployment repository: it is refused, and nothing is committed', limit, () => {
  const deployed = new Deployed();
  const { spec } = deployed;
  const mesh = meshText(deployed.remote, '3s');
  spec.write(
    'mesh.yaml',
    `${mesh.replace('  targets:', '  metrics: {prometheus: {url: "http://127.0.0.1:9"}}\n  targets:')}---
apiVersion: mesh/v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {ports: {http: {port: 80}}, versions: {v1: {}, v2: {}}}
---
apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec: {service: reviews, rules: [{backends: [{version: v1}]}]}
---
apiVersion: mesh/v1
kind: Rollout
metadata: {name: reviews-v2, namespace: shop}
spec: {service: reviews, from: v1, to: v2, steps: [5%, 100%], judge: {source: prometheus}}
`,
  );
  spec.git('commit', '--quiet', '--all', '--message', 'rollout');
  expect(spec.mesh(['apply', '--yes']).code).toBe(0);
  const before = deployed.git('for-each-ref');
  const ran = spec.mesh(['canary', 'run', '--guard-follows']);
  expect([ran.code, ran.error]).toEqual([4, expect.stringContaining('target eu is a deployment repository')]);
  expect(deployed.git('for-each-ref')).toBe(before);
  expect(spec.mesh(['canary', 'abort']).code).toBe(64);
});
