import type { LiveObject } from '../../../src/ports/cluster.ts';
import { type connected, kindOf, testKubeconfig } from './connected.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { type Ended, runProcess } from './run-process.ts';
import { SmallMesh, type SmallSpec } from './small-mesh.ts';

/** A small mesh that hands its issuer to Istio's authority by the Secret `cacerts` of its own namespace. */
export class AuthorityMesh {
  readonly small: SmallMesh;
  readonly #cluster: ReturnType<typeof connected>;

  private constructor(cluster: ReturnType<typeof connected>, small: SmallMesh) {
    this.#cluster = cluster;
    this.small = small;
  }

  /** Makes a mesh with root and issuer that nobody has applied. */
  static async make(cluster: ReturnType<typeof connected>, namespace: string): Promise<AuthorityMesh> {
    const mesh = new AuthorityMesh(cluster, await SmallMesh.make(cluster, namespace));
    mesh.write();
    await mesh.ok('certs', 'init');
    return mesh;
  }

  write(spec: SmallSpec = {}): void {
    this.small.write({ authority: true, ...spec });
  }

  /** Begins the rotation of the issuer and makes the new one sign. */
  async rotated(): Promise<void> {
    await this.ok('certs', 'rotate', 'issuer');
    await this.ok('certs', 'rotate', 'issuer');
  }

  async ok(...words: readonly string[]): Promise<string> {
    const { code, out, error } = await this.run(words);
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${String(code)}: ${error}`);
    return out;
  }

  /** Runs a process of `mesh`, with its own folder of keys. */
  async run(
    words: readonly string[],
    kubeconfig = testKubeconfig ?? '',
    started?: (kill: () => void) => void,
  ): Promise<Ended> {
    const { root } = this.small;
    const dirty = words[0] === 'apply' ? ['--allow-dirty'] : [];
    return runProcess([...words, ...dirty], { root, kubeconfig, ...(started && { started }) });
  }

  /** Runs a process that is killed at its write of the Secret, before or after the server does what was asked. */
  async killedAtSecret(words: readonly string[], isDone: boolean): Promise<Ended> {
    const proxy = await startFaultProxy();
    try {
      const place = `/namespaces/${this.small.namespace}/secrets`;
      return await this.run(words, proxy.kubeconfig(this.small.root), (kill) => {
        proxy.faultOf = ({ method, path: asked }) => {
          if (method === 'GET' || asked.includes('dryRun') || !asked.includes(place)) return undefined;
          kill();
          return { drop: true, after: isDone };
        };
      });
    } finally {
      await proxy.stop();
    }
  }

  /** Returns the Secret; undefined if there is none. */
  async secret(): Promise<LiveObject | undefined> {
    const name = { namespace: this.small.namespace, name: 'cacerts' };
    return this.#cluster.read(await kindOf(this.#cluster, 'v1', 'Secret'), name);
  }
}

/** Returns a file of a Secret. */
export function fileOf(secret: LiveObject | undefined, name: string): string | undefined {
  const text = (secret?.['data'] as Readonly<Record<string, string>> | undefined)?.[name];
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8');
}
