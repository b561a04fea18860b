import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { canonicalJson } from '../../src/core/lib/canonical-json.ts';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { conforming } from '../cli/output-schema.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';

/** Features of every mesh that the Gateway API has no words for. */
const notOfTheStandard =
  'settings.no-retries, settings.default-balancing, settings.default-connections, egress.deny, request.unsafe-paths, access.identity, mtls.strict';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

describe.skipIf(testKubeconfig === undefined)('mesh with an output git that looks at a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let root: string;
  let remote: string;
  let namespace: string;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mesh-git-'));
    root = path.join(folder, 'spec');
    remote = path.join(folder, 'deploy.git');
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
    namespace = `git-output-${(count += 1)}`;
    await ensureNamespace(cluster, namespace);
    execFileSync('mkdir', [root]);
  });
  afterEach(() => rmSync(path.dirname(root), { recursive: true, force: true }));

  test.each(['istio', 'gateway-api'])(
    'tells what has arrived, and who changed it; nothing that a server adds is a difference (%s)',
    { timeout: 120_000 },
    async (platform) => {
      write(platform);
      const applied = await mesh('apply', '--yes', '--allow-dirty');
      expect(applied.code, applied.error).toBe(0);
      const before = await statusOf();
      expect(before.code).toBe(9);
      expect(new Set(before.objects.map(({ state }) => state))).toEqual(new Set(['missing']));

      const carried = await carry();
      expect(carried).toHaveLength(before.objects.length);
      for (const { committed, live } of carried)
        expect(canonicalJson(live['spec'] ?? null)).toBe(canonicalJson(committed['spec'] ?? null));
      const after = await statusOf();
      expect(after.code).toBe(0);
      expect(new Set(after.objects.map(({ state }) => state))).not.toContain('behind');
      expect((await mesh('drift', '--detailed-exitcode')).code).toBe(0);

      const route = carried.find(({ live }) => /VirtualService|HTTPRoute/.test(live.kind))?.live;
      expect(route).toBeDefined();
      await changed(route!);
      const drift = await mesh('drift', '--detailed-exitcode');
      expect(drift.code).toBe(2);
      expect(drift.out).toContain(`${namespace}/${route!.metadata.name} was changed`);
      expect(drift.out).toContain('owner somebody');
    },
  );

  function write(platform: string): void {
    const options = platform === 'istio' ? `{rootNamespace: ${namespace}}` : '{implementation: istio}';
    writeFileSync(
      path.join(root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${namespace}}
spec:
  trustDomain: shop.example
  targets:
    cluster:
      platform: ${platform}
      options: ${options}
      degrade: [${platform === 'istio' ? '' : notOfTheStandard}]
      output: {git: {repository: ../deploy.git, branch: main, path: eu, observe: {context: admin}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: ${namespace}}
spec: {ports: {http: {port: 80}}}
---
apiVersion: mesh/v1
kind: Route
metadata: {name: web, namespace: ${namespace}}
spec:
  service: web
  rules:
    - {name: all, match: [{path: {prefix: /api}}], backends: [{}]}
`,
    );
  }

  /** Applies what the branch has, as a controller does. */
  async function carry(): Promise<readonly { readonly committed: LiveObject; readonly live: LiveObject }[]> {
    const git = (...args: readonly string[]): string =>
      execFileSync('git', args, { cwd: remote, encoding: 'utf8' });
    const files = git('ls-tree', '-r', '--name-only', 'main')
      .split('\n')
      .filter((file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'));
    const carried: { readonly committed: LiveObject; readonly live: LiveObject }[] = [];
    for (const file of files) {
      const committed = parse(git('show', `main:${file}`)) as LiveObject;
      const kind = await kindOf(cluster, committed.apiVersion, committed.kind);
      const answer = await cluster.apply(kind, committed, { manager: 'controller', force: true });
      if (answer.state !== 'applied') throw new Error(`${file}: ${JSON.stringify(answer)}`);
      carried.push({ committed, live: answer.object });
    }
    return carried;
  }

  /** Somebody takes the labels of an object that a commit has. */
  async function changed({ apiVersion, kind, metadata }: LiveObject): Promise<void> {
    const labels = { 'app.kubernetes.io/managed-by': 'somebody' };
    const { name } = metadata;
    await cluster.apply(
      await kindOf(cluster, apiVersion, kind),
      { apiVersion, kind, metadata: { name, namespace, labels } },
      { manager: 'somebody', force: true },
    );
  }

  async function statusOf(): Promise<{
    readonly code: number | null;
    readonly objects: readonly { readonly ref: string; readonly state: string }[];
  }> {
    const { code, out, error } = await mesh('status', '--format', 'json', '--detailed-exitcode');
    if (out === '') throw new Error(error);
    const { targets } = conforming('status', out) as unknown as {
      readonly targets: { readonly cluster: { readonly objects: readonly { ref: string; state: string }[] } };
    };
    return { code, objects: targets.cluster.objects };
  }

  async function mesh(...words: readonly string[]) {
    const child = spawn(process.execPath, [bin, ...words, '--root', root], {
      env: { ...process.env, KUBECONFIG: testKubeconfig },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, error] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString('utf8')));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, error };
  }
});
