import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/core/lib/canonical-json.ts';
import { memberLabel } from '../../src/core/outputs/kubernetes/apply-set.ts';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, ensureNamespace, installCrds, testKubeconfig } from './harness/connected.ts';
import { runMesh } from './harness/run-mesh.ts';

const page = readFileSync(new URL('../../docs/gitops.md', import.meta.url), 'utf8');
const wave = 'argocd.argoproj.io/sync-wave';
const namespace = 'kustomized';
const hasKubectl = spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0;

/** The documents of the YAML examples of the page. */
const examples = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].flatMap(
  ([, block = '']) => loadAll(block) as readonly Example[],
);

interface Example {
  readonly kind?: string;
  readonly metadata?: { readonly name: string };
  readonly spec?: { readonly path: string; readonly dependsOn?: readonly { readonly name: string }[] };
  readonly output?: { readonly git: Readonly<Record<string, unknown>> };
}

/** Returns the field `output` of the example with this option. */
function outputWith(option: string): Readonly<Record<string, unknown>> {
  const found = examples.map((one) => one.output?.git).find((git) => git?.[option] !== undefined);
  if (found === undefined) throw new Error(`the page has no example of ${option}`);
  return found;
}

/** Kustomizations of Flux, each after those that it depends on. */
function kustomizations(): readonly Example[] {
  const all = examples.filter(({ kind }) => kind === 'Kustomization');
  const done: Example[] = [];
  while (done.length < all.length) {
    const names = new Set(done.map(({ metadata }) => metadata?.name));
    const next = all.find(
      (one) => !done.includes(one) && (one.spec?.dependsOn ?? []).every(({ name }) => names.has(name)),
    );
    if (next === undefined) throw new Error('the Kustomizations of the page wait for each other');
    done.push(next);
  }
  return done;
}

describe.skipIf(testKubeconfig === undefined || !hasKubectl)('the branch that a controller reads', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  const folder = mkdtempSync(path.join(tmpdir(), 'mesh-kustomize-'));
  const root = path.join(folder, 'spec');
  let applied: ReadonlyMap<string, string>;

  beforeAll(async () => {
    await installCrds(cluster);
    await ensureNamespace(cluster, namespace);
    mkdirSync(root);
    applied = await writtenByApply();
  });
  afterAll(() => {
    cluster.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['of one folder for each namespace', {}],
    ['with sync waves, as the page has them for Argo CD', outputWith('syncWaves')],
    ['of one folder for each kind, as the page has it for Flux', outputWith('layout')],
  ])('builds by kustomize to the objects that an apply writes: %s', (_, git) => {
    const objects = built(committed(git));
    expect(new Map(objects.map(plain))).toEqual(applied);
    expect(objects.length).toBeGreaterThan(5);
  });

  test('has sync waves by which each wave can be applied after the one before', () => {
    const objects = built(committed(outputWith('syncWaves')));
    const waveOf = ({ metadata }: LiveObject): number => Number(metadata.annotations?.[wave]);
    const waves = [...new Set(objects.map(waveOf))].sort((one, other) => one - other);
    expect(waves.every(Number.isInteger)).toBe(true);
    for (const own of waves) carry(objects.filter((one) => waveOf(one) === own));
    const of = (kind: string): readonly number[] => objects.filter((one) => one.kind === kind).map(waveOf);
    expect(Math.max(...of('DestinationRule'))).toBeLessThan(Math.min(...of('VirtualService')));
    expect(Math.min(...of('AuthorizationPolicy'))).toBe(Math.max(...waves));
  });

  test('has a folder for each Kustomization of the page, in the order of dependsOn', () => {
    const at = committed(outputWith('layout'));
    const ordered = kustomizations();
    expect(ordered.map(({ metadata }) => metadata?.name)).toEqual(['mesh-destinations', 'mesh-routes']);
    for (const { spec } of ordered) {
      const objects = built(path.join(at, path.relative('clusters/eu', spec?.path ?? '')));
      expect(objects.length).toBeGreaterThan(0);
      carry(objects);
    }
    const kinds = readdirSync(at, { withFileTypes: true }).filter(
      (one) => one.isDirectory() && !one.name.startsWith('.'),
    );
    const all = kinds.flatMap(({ name }) => built(path.join(at, name)));
    expect(new Map(all.map(plain))).toEqual(applied);
  });

  /** Applies the spec to the cluster and returns what is there then. */
  async function writtenByApply(): Promise<ReadonlyMap<string, string>> {
    write({ kubernetes: { context: 'admin', stateNamespace: `state-${namespace}` } });
    const { code, error, out } = await runMesh(['apply', '--yes', '--format', 'ndjson'], { root });
    expect(code, error).toBe(0);
    const refs = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string; readonly ref?: string })
      .flatMap(({ type, ref }) => (type === 'change' && ref !== undefined ? [ref] : []));
    const found: [string, string][] = [];
    for (const ref of refs) {
      const [name = '', space = '', kind = ''] = ref.split('/').reverse();
      const group = ref.split('/').slice(0, -3).join('/');
      for (const apiVersion of ['v1', 'v1alpha3'].map((version) => `${group}/${version}`)) {
        const served = await cluster.served(apiVersion, kind);
        const live = served && (await cluster.read(served, { namespace: space, name }));
        if (live === undefined) continue;
        found.push(plain({ ...live, apiVersion, kind }));
        break;
      }
    }
    return new Map(found);
  }

  function write(output: object): void {
    writeFileSync(
      path.join(root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${namespace}}
spec:
  trustDomain: shop.example
  targets: {eu: {platform: istio, options: {rootNamespace: ${namespace}}, output: ${JSON.stringify(output)}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: ${namespace}}
spec: {ports: {http: {port: 80}}}
`,
    );
  }

  /** Applies the spec to a new repository; returns the folder of the output in a clone. */
  function committed(git: Readonly<Record<string, unknown>>): string {
    const own = mkdtempSync(path.join(folder, 'git-'));
    const remote = path.join(own, 'deploy.git');
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
    write({ git: { branch: 'main', path: 'clusters/eu', ...git, repository: remote } });
    const { status, stderr } = spawnSync(
      process.execPath,
      [bin, 'apply', '--yes', '--allow-dirty', '--quiet', '--root', root],
      { encoding: 'utf8' },
    );
    expect(status, stderr).toBe(0);
    const clone = path.join(own, 'clone');
    execFileSync('git', ['clone', '--quiet', remote, clone]);
    return path.join(clone, 'clusters/eu');
  }

  /** Applies objects by server-side apply, as a controller does. */
  function carry(objects: readonly LiveObject[]): void {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    const args = ['apply', '--server-side', '--field-manager=controller', '--context=admin', '-f', '-'];
    const { status, stderr } = spawnSync('kubectl', args, {
      input,
      encoding: 'utf8',
      env: { ...process.env, KUBECONFIG: testKubeconfig },
    });
    expect(status, stderr).toBe(0);
  }
});

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** Returns the objects that kustomize builds from a folder. */
function built(at: string): readonly LiveObject[] {
  const text = execFileSync('kubectl', ['kustomize', at], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return loadAll(text) as unknown as readonly LiveObject[];
}

/** Returns the name of an object, and the parts that the spec decides: not the marks of who carries it. */
function plain({ apiVersion, kind, metadata, spec }: LiveObject): [string, string] {
  const { name, namespace: space = '', labels = {}, annotations = {} } = metadata;
  const kept = (marks: Readonly<Record<string, string>>, without: string) =>
    Object.fromEntries(Object.entries(marks).filter(([key]) => key !== without));
  const decided = { labels: kept(labels, memberLabel), annotations: kept(annotations, wave), spec };
  return [`${apiVersion} ${kind} ${space}/${name}`, canonicalJson(decided)];
}
