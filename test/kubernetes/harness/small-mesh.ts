import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LiveObject } from '../../../src/ports/cluster.ts';
import { type connected, ensureNamespace, kindOf } from './connected.ts';
import { type Ran, type RunSettings, runMesh } from './run-mesh.ts';

/** The content of a small mesh. */
export interface SmallSpec {
  /** Seconds, of every route. Default: 5. */
  readonly timeout?: number;
  /** Seconds, of single services. */
  readonly timeouts?: Readonly<Record<string, number>>;
  /** Names of its services. Default: `web`. */
  readonly services?: readonly string[];
  /** Context of the kubeconfig. Default: `admin`. */
  readonly context?: string;
  /** Default: one of its own. */
  readonly stateNamespace?: string;
  /** Name of the mesh. Default: its namespace. */
  readonly name?: string;
  /** Address of its Prometheus server. */
  readonly prometheus?: string;
  /** True if the mesh writes the Secret of Istio's authority into its namespace. */
  readonly authority?: boolean;
  /** Further documents, each with its `---`. */
  readonly documents?: string;
}

/** A mesh of a few services in a namespace of its own, delivered to the test server. */
export class SmallMesh {
  readonly root: string;
  readonly namespace: string;
  readonly #cluster: ReturnType<typeof connected>;

  private constructor(cluster: ReturnType<typeof connected>, namespace: string) {
    this.root = mkdtempSync(path.join(tmpdir(), 'mesh-small-'));
    this.namespace = namespace;
    this.#cluster = cluster;
  }

  static async make(cluster: ReturnType<typeof connected>, namespace: string): Promise<SmallMesh> {
    const made = new SmallMesh(cluster, namespace);
    await ensureNamespace(cluster, namespace);
    made.write({});
    return made;
  }

  get stateNamespace(): string {
    return `state-${this.namespace}`;
  }

  write(spec: SmallSpec): void {
    const { timeout = 5, timeouts = {}, services = ['web'], context = 'admin' } = spec;
    const { namespace } = this;
    const output = `{kubernetes: {context: ${context}, stateNamespace: ${spec.stateNamespace ?? this.stateNamespace}}}`;
    const authority = spec.authority === true ? ', authority: write' : '';
    const metrics =
      spec.prometheus === undefined ? '' : `  metrics: {prometheus: {url: "${spec.prometheus}"}}\n`;
    const documents = services.map(
      (name) => `---
apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {ports: {http: {port: 80}}${timeouts[name] === undefined ? '' : `, timeout: ${timeouts[name]}s`}}
`,
    );
    writeFileSync(
      path.join(this.root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${spec.name ?? namespace}}
spec:
  trustDomain: shop.example
  defaults: {timeout: ${timeout}s}
${metrics}  targets: {cluster: {platform: istio, options: {rootNamespace: ${namespace}${authority}}, output: ${output}}}
${documents.join('')}${spec.documents ?? ''}`,
    );
  }

  run(words: readonly string[], settings: Omit<RunSettings, 'root'> = {}): Promise<Ran> {
    return runMesh(words, { root: this.root, ...settings });
  }

  mesh(...words: readonly string[]): Promise<Ran> {
    return this.run(words);
  }

  async objects(kind = 'VirtualService', namespace = this.namespace): Promise<readonly LiveObject[]> {
    const served = await kindOf(this.#cluster, 'networking.istio.io/v1', kind);
    return (await this.#cluster.list(served, { namespace })).objects;
  }

  /** The timeouts of all routes. */
  async timeouts(): Promise<readonly string[]> {
    const found = (await this.objects()).flatMap(({ spec }) =>
      [...JSON.stringify(spec).matchAll(/"timeout":"([^"]+)"/g)].map(([, value = '']) => value),
    );
    return [...new Set(found)];
  }

  /** Path of the VirtualService of a service, for requests of others. */
  async route(service = 'web'): Promise<string> {
    const found = (await this.objects()).find(({ spec }) => JSON.stringify(spec).includes(`${service}.`));
    return `/apis/networking.istio.io/v1/namespaces/${this.namespace}/virtualservices/${found?.metadata.name ?? ''}`;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
