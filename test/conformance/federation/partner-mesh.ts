import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '../../components/free-ports.ts';
import { Proxies } from '../hitless/proxies.ts';

const bin = path.resolve(import.meta.dirname, '../../../bin/mesh.js');

/** The federation of a mesh with another one. */
export interface Federation {
  readonly trustDomain: string;
  /** PEM of the other mesh's roots. */
  readonly bundle: string;
}

/** A mesh of one service `web` on a real Envoy, of a trust domain of its own. */
export class PartnerMesh {
  readonly trustDomain: string;
  readonly root = mkdtempSync(path.join(tmpdir(), 'meshwright-partner-'));
  readonly #partner: string;
  readonly #application = http.createServer((request, answer) => {
    request.resume();
    answer.end('served');
  });
  #ports = { inbound: 0, admin: 0, app: 0 };
  #proxies: Proxies | undefined;

  constructor(trustDomain: string, partner: string) {
    this.trustDomain = trustDomain;
    this.#partner = partner;
  }

  /** The port at which the proxy of `web` accepts calls of the mesh. */
  get inbound(): number {
    return this.#ports.inbound;
  }

  get identity(): string {
    return `spiffe://${this.trustDomain}/ns/shop/sa/web`;
  }

  /** PEM of the roots that verifiers trust, as the mesh publishes them. */
  get bundle(): string {
    return this.trust.roots.map(({ certificate }) => certificate).join('');
  }

  get trust(): {
    readonly phase: string;
    readonly roots: readonly { readonly certificate: string }[];
    readonly issuers: readonly { readonly id: string; readonly certificate: string }[];
  } {
    return JSON.parse(readFileSync(path.join(this.root, 'certificates', `${this.trustDomain}.json`), 'utf8'));
  }

  /** The file from which the proxy of `web` reads its certificate and key. */
  get secret(): string {
    return path.join(this.root, 'out/secrets/current', `${this.#proxyId}.json`);
  }

  get #proxyId(): string {
    const { proxies } = JSON.parse(
      readFileSync(path.join(this.root, 'out/config/current/index.json'), 'utf8'),
    );
    return proxies[0].id;
  }

  /** The key of the issuer that signs now, with its certificate. */
  get issuer(): { readonly certificate: string; readonly key: string } {
    const { id, certificate } = this.trust.issuers.at(-1)!;
    const file = path.join(this.root, '.state/meshwright/keys', this.trustDomain, `${id}.pem`);
    return { certificate, key: readFileSync(file, 'utf8') };
  }

  /** Makes the hierarchy, with an issuer below an intermediate of somebody else if `sign` signs its request. */
  async begin(sign?: (request: string) => string): Promise<void> {
    await new Promise<void>((done) => this.#application.listen(0, '127.0.0.1', done));
    const [inbound = 0, admin = 0] = await freePorts(2);
    this.#ports = { inbound, admin, app: (this.#application.address() as AddressInfo).port };
    this.write(undefined, sign !== undefined);
    this.ok('certs', 'init');
    if (sign === undefined) return;
    const signed = path.join(this.root, 'signed.pem');
    writeFileSync(signed, sign(path.join(this.root, `certificates/${this.trustDomain}/local.csr`)));
    this.ok('certs', 'init', '--certificate', signed);
  }

  /** Writes the mesh; without a federation nobody of the other trust domain may call. */
  write(federation?: Federation, isExternal = false): void {
    if (federation !== undefined) writeFileSync(path.join(this.root, 'partner.pem'), federation.bundle);
    const certificates = [
      ...(isExternal ? ['root: {keys: external}'] : []),
      ...(federation === undefined ? [] : [`federation: {${federation.trustDomain}: {bundle: partner.pem}}`]),
    ];
    const { inbound, admin, app } = this.#ports;
    const partner = `spiffe://${this.#partner}/ns/shop/sa/web`;
    const from = federation === undefined ? '{service: web}' : `{principal: "${partner}"}`;
    mkdirSync(this.root, { recursive: true });
    writeFileSync(
      path.join(this.root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: ${this.trustDomain}
  certificates: {${certificates.join(', ')}}
  targets: {local: {platform: envoy, output: {directory: out}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: {http: {port: 9080}}
  endpoints: {default: [{app: "127.0.0.1:${String(app)}", inbound: "127.0.0.1:${String(inbound)}", admin: "127.0.0.1:${String(admin)}"}]}
---
apiVersion: mesh/v1
kind: Access
metadata: {name: web, namespace: shop}
spec: {service: web, rules: [{allow: {from: [${from}]}}]}
`,
    );
  }

  ok(...words: readonly string[]): string {
    return execFileSync(process.execPath, [bin, ...words, '--root', this.root], {
      encoding: 'utf8',
      env: { ...process.env, XDG_STATE_HOME: path.join(this.root, '.state') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Applies while the proxy runs; the first apply starts it. */
  async apply(envoy: string): Promise<void> {
    this.#proxies ??= new Proxies(envoy, this.root);
    const words = ['apply', '--yes', '--allow-dirty', '--timeout', '30s', '--root', this.root];
    const child = spawn(process.execPath, [bin, ...words], {
      env: { ...process.env, XDG_STATE_HOME: path.join(this.root, '.state') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let error = '';
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    const code = await new Promise((done) => child.once('close', done));
    if (code !== 0) throw new Error(`apply of ${this.trustDomain} ended with ${String(code)}: ${error}`);
  }

  async stop(): Promise<void> {
    await this.#proxies?.stop();
    this.#application.closeAllConnections();
    await new Promise((done) => this.#application.close(done));
    rmSync(this.root, { recursive: true, force: true });
  }
}
