import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Cluster, LiveObject } from '../../../src/ports/cluster.ts';
import { kindOf } from './connected.ts';

/** A process of a delegate, with the end of what it said. */
export class Delegate {
  readonly #child: ChildProcess;
  #said = '';

  constructor(program: string, words: readonly string[], cwd: string) {
    this.#child = spawn(program, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (data: Buffer) => {
        this.#said = (this.#said + data.toString('utf8')).slice(-4000);
      });
  }

  get said(): string {
    return `${this.#child.exitCode === null ? '' : 'It has ended. '}${this.#said}`;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }
}

/** Installs the CRDs that a program of `delegates.sh` brings, in place of those that tests make. */
export async function installOwnCrds(cluster: Cluster, program: string): Promise<void> {
  const kind = await kindOf(cluster, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  const folder = `${program}.crds`;
  const crds = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => parseAllDocuments(readFileSync(path.join(folder, name), 'utf8')))
    .map((document) => document.toJS() as LiveObject);
  for (const crd of crds) {
    const before = await cluster.read(kind, { name: crd.metadata.name });
    if (before?.metadata.uid !== undefined)
      await cluster.remove(kind, { name: crd.metadata.name }, { uid: before.metadata.uid });
  }
  for (const crd of crds) {
    for (let tries = 0; ; tries += 1) {
      const gone = (await cluster.read(kind, { name: crd.metadata.name })) === undefined;
      if (gone) break;
      if (tries > 200) throw new Error(`the CRD ${crd.metadata.name} stays`);
      await new Promise((done) => setTimeout(done, 50));
    }
    await cluster.create(kind, crd);
    const { group, names, versions } = crd['spec'] as unknown as {
      readonly group: string;
      readonly names: { readonly kind: string };
      readonly versions: readonly { readonly name: string }[];
    };
    for (let tries = 0; ; tries += 1) {
      if (await cluster.served(`${group}/${versions[0]?.name ?? ''}`, names.kind)) break;
      if (tries > 200) throw new Error(`${names.kind} of ${group} is not served`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
