import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Authority } from '../authorities.ts';
import type { ControlAddresses } from './bootstrap.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { manifest } from './manifest.ts';

/** istiod's translation of a folder of objects, and certificates that an authority of the test signs. */
export class ControlPlane {
  readonly addresses: ControlAddresses;
  readonly #directory: string;
  #process: ChildProcess | undefined;
  #said = '';

  constructor(directory: string, host: string) {
    this.#directory = directory;
    this.addresses = { xds: { host, port: 15_010 }, sds: { host, port: 15_012 } };
  }

  async start(
    binary: string,
    objects: readonly KubernetesObject[],
    authority: Authority,
    trusted: readonly string[],
  ): Promise<void> {
    const objectsFile = this.#write('objects/all.yaml', manifest(objects));
    const certificates = path.dirname(this.#write('ca/ca.pem', authority.bundle));
    this.#write('ca/ca-key.pem', authority.key);
    this.#write('ca/bundle.pem', trusted.join('\n'));
    const { xds, sds } = this.addresses;
    const child = spawn(
      binary,
      [
        ...['serve', '-dir', path.dirname(objectsFile), '-ca', certificates, '-until-eof'],
        ...['-listen', `${xds.host}:${String(xds.port)}`, '-sds', `${sds.host}:${String(sds.port)}`],
      ],
      { env: { ...process.env, ...features }, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => {
        this.#said += data.toString();
      });
    }
    const deadline = Date.now() + 60_000;
    while (!this.#said.includes('listening')) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline)
        throw new Error(`istio-xds doesn't serve ${objectsFile}: ${this.#said.slice(-3000)}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  #write(name: string, text: string): string {
    const file = path.join(this.#directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }
}

/** Turn off two filters that exist only in Istio's own build of Envoy. */
const features = { PILOT_ENABLE_METADATA_EXCHANGE: 'false', PILOT_ENABLE_ALPN_FILTER: 'false' };
