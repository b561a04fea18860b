import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { inParallel } from '../../src/core/outputs/kubernetes/in-parallel.ts';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { type connected, ensureNamespace, kindOf } from '../kubernetes/harness/connected.ts';
import { rawRequest } from '../kubernetes/harness/raw-request.ts';

type Connected = ReturnType<typeof connected>;

/** A mesh of many services in a namespace of its own, for measurements on an API server. */
export class ClusterMesh {
  readonly root = mkdtempSync(path.join(tmpdir(), 'meshwright-bench-'));
  readonly #cluster: Connected;
  readonly #namespace: string;
  readonly #program: string;

  /** `program` is the `mesh` that compiles. */
  constructor(cluster: Connected, namespace: string, program: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#program = program;
  }

  /** Writes the spec; `odd` is the timeout of the first service alone, in seconds. */
  async write(services: number, odd = 5): Promise<void> {
    const namespace = this.#namespace;
    await ensureNamespace(this.#cluster, namespace);
    mkdirSync(path.join(this.root, 'services'), { recursive: true });
    const output = `{kubernetes: {context: admin, stateNamespace: state-${namespace}}}`;
    writeFileSync(
      path.join(this.root, 'mesh.yaml'),
      `apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: ${namespace}}\nspec:\n  trustDomain: shop.example\n  targets: {cluster: {platform: istio, options: {rootNamespace: ${namespace}}, output: ${output}}}\n`,
    );
    for (let i = 0; i < services; i += 1)
      writeFileSync(
        path.join(this.root, 'services', `s${i}.yaml`),
        `apiVersion: mesh/v1\nkind: Service\nmetadata: {name: s${i}, namespace: ${namespace}}\nspec: {ports: {http: {port: 80}}, timeout: ${i === 0 ? odd : 5}s}\n`,
      );
  }

  /** Compiles the spec into a folder and returns its path. */
  compile(): string {
    const out = path.join(this.root, 'out');
    rmSync(out, { recursive: true, force: true });
    execFileSync(process.execPath, [this.#program, 'compile', '--out', out, '--quiet'], {
      cwd: this.root,
      stdio: 'ignore',
    });
    // Other tools take every JSON file for an object.
    rmSync(path.join(out, 'cluster', 'index.json'));
    return path.join(out, 'cluster');
  }

  /** Returns the objects of the compiled spec. */
  objects(): readonly LiveObject[] {
    const out = this.compile();
    return readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => loadAll(readFileSync(path.join(out, file), 'utf8')) as unknown as LiveObject[]);
  }

  /** Sends server-side applies of objects over eight connections. */
  async patch(objects: readonly LiveObject[], isDryRun = false): Promise<void> {
    await inParallel(objects, 8, async (object) => {
      const kind = await kindOf(this.#cluster, object.apiVersion, object.kind);
      const answer = await this.#cluster.apply(kind, object, { manager: 'raw', dryRun: isDryRun });
      if (answer.state !== 'applied') throw new Error(JSON.stringify(answer));
    });
  }

  /** Lists the kinds of objects, eight at a time. */
  async list(objects: readonly LiveObject[]): Promise<void> {
    await inParallel(kindsOf(objects), 8, async ({ apiVersion, kind }) => {
      await this.#cluster.list(await kindOf(this.#cluster, apiVersion, kind), {
        labels: { 'app.kubernetes.io/managed-by': 'mesh' },
      });
    });
  }

  /** Removes the objects, and all that tools remember of them. */
  async clear(objects: readonly LiveObject[]): Promise<void> {
    for (const { apiVersion, kind } of kindsOf(objects)) {
      const { resource } = await kindOf(this.#cluster, apiVersion, kind);
      await rawRequest('DELETE', `/apis/${apiVersion}/namespaces/${this.#namespace}/${resource}`, {});
    }
    for (const namespace of [this.#namespace, `state-${this.#namespace}`])
      for (const resource of ['secrets', 'configmaps'])
        await rawRequest('DELETE', `/api/v1/namespaces/${namespace}/${resource}`, {});
    const leases = `/apis/coordination.k8s.io/v1/namespaces/state-${this.#namespace}/leases`;
    await rawRequest('DELETE', leases, {});
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

function kindsOf(objects: readonly LiveObject[]): readonly Pick<LiveObject, 'apiVersion' | 'kind'>[] {
  const kinds = new Map(
    objects.map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, { apiVersion, kind }] as const),
  );
  return [...kinds.values()];
}
