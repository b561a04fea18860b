import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http, { createServer, type Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateReader as reader } from '../../src/adapters/certificate-reader.ts';
import type { Trust } from '../../src/core/identity/trust-file.ts';
import { ForeignAuthority } from '../cli/foreign-authority.ts';
import { freePorts } from '../components/free-ports.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { emptyRootNamespace } from './harness/empty-root-namespace.ts';
import { askIstiod, type Issued, writeSecrets } from './harness/istio-agent.ts';
import { componentOf, Istiod } from './harness/istiod.ts';
import { tokenOf } from './harness/kubeconfig.ts';
import { testServer } from './harness/raw-request.ts';
import { runProcess } from './harness/run-process.ts';
import { startSecretEnvoy } from './harness/secret-envoys.ts';

const has = testKubeconfig !== undefined;
const istiodProgram = has ? componentOf('istio.sh', 'istiod') : undefined;
const envoy = has ? componentOf('envoy.sh') : undefined;
const identity = (account: string): string => `spiffe://shop.example/ns/shop/sa/${account}`;

/** An issuer below an intermediate of another authority, a real istiod that signs with it, and Envoys that istiod serves. */
describe.skipIf(istiodProgram === undefined || envoy === undefined)('istiod below an intermediate', () => {
  const cluster = (has ? connected() : undefined) as ReturnType<typeof connected>;
  const ending: (() => Promise<void>)[] = [];
  const folders = { web: '', app: '' };
  const failed: string[] = [];
  let [served, isOver] = [0, false];
  let load: Promise<void> | undefined;
  let root: string;
  let istiod: Istiod | undefined;
  let outbound = 0;
  let inbound = 0;

  beforeAll(async () => {
    await installCrds(cluster);
    for (const name of ['istio-system', 'state-below', 'shop']) await ensureNamespace(cluster, name);
    await emptyRootNamespace(cluster);
    const secrets = await kindOf(cluster, 'v1', 'Secret');
    const left = await cluster.read(secrets, { namespace: 'istio-system', name: 'cacerts' });
    if (left?.metadata.uid !== undefined)
      await cluster.remove(
        secrets,
        { namespace: 'istio-system', name: 'cacerts' },
        { uid: left.metadata.uid },
      );
    const accounts = await kindOf(cluster, 'v1', 'ServiceAccount');
    for (const name of ['web', 'app'])
      await cluster.create(accounts, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace: 'shop' },
      });
    root = mkdtempSync(path.join(tmpdir(), 'mesh-below-'));
    for (const name of ['web', 'app'] as const) {
      folders[name] = path.join(root, name);
      mkdirSync(folders[name]);
    }
    writeFileSync(
      path.join(root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: below}
spec:
  trustDomain: shop.example
  access: allow
  egress: allow
  certificates: {root: {keys: external}, issuer: {keys: file}}
  targets:
    prod: {platform: istio, options: {authority: write}, output: {kubernetes: {context: admin, stateNamespace: state-below}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: app, namespace: shop}
spec: {ports: {http: {port: 80}}}
`,
    );
  }, 120_000);

  afterAll(async () => {
    isOver = true;
    await load;
    await istiod?.stop();
    for (const end of ending) await end();
    cluster.close();
    rmSync(root, { recursive: true, force: true });
  });

  async function ok(...words: readonly string[]): Promise<string> {
    const dirty = words[0] === 'apply' ? ['--yes', '--allow-dirty', '--timeout', '5s'] : [];
    const ran = await runProcess([...words, ...dirty], { root, kubeconfig: testKubeconfig ?? '' });
    expect(ran.code, ran.error).toBe(0);
    return ran.out;
  }

  const trust = (): Trust =>
    JSON.parse(readFileSync(path.join(root, 'certificates/shop.example.json'), 'utf8')) as Trust;

  /** Signs the waiting request by an intermediate; returns the file with the whole chain. */
  function signed(top: ForeignAuthority, between: ForeignAuthority): string {
    const issuer = between.signIssuer(path.join(root, 'certificates/shop.example/prod.csr'));
    const file = path.join(root, 'signed.pem');
    writeFileSync(file, [issuer, between.root.certificate, top.root.certificate].join(''));
    return file;
  }

  /** Copies the Secret to where a pod of istiod has it mounted. */
  async function mounted(): Promise<void> {
    const name = { namespace: 'istio-system', name: 'cacerts' };
    const live = await cluster.read(await kindOf(cluster, 'v1', 'Secret'), name);
    const folder = path.join(root, 'etc/cacerts');
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries((live?.['data'] ?? {}) as Readonly<Record<string, string>>))
      writeFileSync(path.join(folder, file), Buffer.from(text, 'base64'));
  }

  async function handedRoots(): Promise<string> {
    const name = { namespace: 'shop', name: 'istio-ca-root-cert' };
    const live = await cluster.read(await kindOf(cluster, 'v1', 'ConfigMap'), name);
    return ((live?.['data'] ?? {}) as Readonly<Record<string, string>>)['root-cert.pem'] ?? '';
  }

  const prints = (text: string) => (reader.certificates(text) ?? []).map(({ fingerprint }) => fingerprint);

  /** Waits until istiod hands out the roots of the trust file. */
  async function loaded(roots: readonly string[]): Promise<void> {
    await expect.poll(async () => prints(await handedRoots()), { timeout: 30_000 }).toEqual(roots);
  }

  /** Renews the certificate of a proxy as its agent does; returns what istiod signed. */
  async function renewed(account: 'web' | 'app'): Promise<Issued> {
    const issued = await askIstiod(istiod!, await serviceToken(account), root);
    writeSecrets(folders[account], issued, await handedRoots());
    return issued;
  }

  /** Expects a chain of leaf, issuer and intermediate that OpenSSL verifies with one root alone. */
  function expectChain(
    { chain }: Issued,
    account: string,
    top: ForeignAuthority,
    between: ForeignAuthority,
  ): void {
    const found = reader.certificates(chain.join('')) ?? [];
    expect(found[0]?.uris).toEqual([identity(account)]);
    expect(found.map(({ fingerprint }) => fingerprint)).toContain(prints(between.root.certificate)[0]);
    writeFileSync(path.join(root, 'chain.pem'), chain.slice(0, 3).join(''));
    const args = ['verify', '-x509_strict', '-CAfile', path.join(top.folder, 'root.pem')];
    const ran = spawnSync('openssl', [...args, '-untrusted', 'chain.pem', 'chain.pem'], { cwd: root });
    expect(ran.status, String(ran.stderr)).toBe(0);
  }

  function call(): Promise<string> {
    return new Promise((done) => {
      const sent = http.get({ host: '127.0.0.1', port: outbound, path: '/', agent: false, timeout: 10_000 });
      sent.on('response', (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.on('end', () => done(`${String(answer.statusCode)} ${body}`));
      });
      sent.on('error', (error) => done(error.message));
    });
  }

  /** Returns true if the server's proxy takes a client. */
  function takes({ chain, key }: Issued): Promise<boolean> {
    return new Promise((done) => {
      const options = { host: '127.0.0.1', port: inbound, cert: chain.join(''), key, agent: false };
      const sent = https.get({ ...options, rejectUnauthorized: false, timeout: 10_000 });
      sent.on('response', (answer) => {
        answer.resume();
        done(answer.statusCode === 200);
      });
      sent.on('error', () => done(false));
    });
  }

  async function startProxies(): Promise<void> {
    const application: Server = createServer((_, answer) => answer.end('served'));
    await new Promise<void>((done) => application.listen(0, '127.0.0.1', done));
    ending.push(() => new Promise((done) => application.close(() => done())));
    const app = (application.address() as AddressInfo).port;
    [outbound = 0, inbound = 0] = await freePorts(2);
    ending.unshift(
      startSecretEnvoy(envoy!, {
        listens: inbound,
        leadsTo: app,
        folder: folders.app,
        side: 'server',
        peer: identity('web'),
      }),
      startSecretEnvoy(envoy!, {
        listens: outbound,
        leadsTo: inbound,
        folder: folders.web,
        side: 'client',
        peer: identity('app'),
      }),
    );
    await expect.poll(call, { timeout: 30_000 }).toBe('200 served');
    load = (async () => {
      while (!isOver) {
        const answer = await call();
        if (answer === '200 served') served += 1;
        else failed.push(`${new Date().toISOString()} ${trust().phase}: ${answer}`);
        await sleep(20);
      }
    })();
  }

  test('accepts every Secret of a rotation, and Envoys that it serves keep talking', {
    timeout: 240_000,
  }, async () => {
    const old = new ForeignAuthority({ root }, 'old root');
    const oldBetween = new ForeignAuthority({ root }, 'old intermediate', old);
    await ok('certs', 'init');
    await ok('certs', 'init', '--certificate', signed(old, oldBetween));
    await ok('apply');
    await mounted();
    istiod = await Istiod.start(istiodProgram!, root, '127.0.80.1', { signs: true, servesAgents: true });
    const [oldRoot] = prints(old.root.certificate);
    await loaded([oldRoot!]);
    const first = await renewed('app');
    expectChain(first, 'app', old, oldBetween);
    const stolen = await renewed('web');
    await startProxies();
    expect(await takes(stolen)).toBe(true);

    const coming = new ForeignAuthority({ root }, 'new root');
    const between = new ForeignAuthority({ root }, 'new intermediate', coming);
    const [newRoot] = prints(coming.root.certificate);
    await ok('certs', 'rotate', 'root');
    await ok('certs', 'rotate', 'root', '--certificate', signed(coming, between));
    const phases: string[] = [trust().phase];
    const roots = { DUAL_TRUST: [oldRoot!, newRoot!], DUAL_SIGN: [oldRoot!, newRoot!], STEADY: [newRoot!] };
    for (;;) {
      await ok('certs', 'rotate', 'root', '--force');
      const phase = trust().phase as keyof typeof roots;
      phases.push(phase);
      await ok('apply');
      await mounted();
      await loaded(roots[phase]);
      // istiod looks at its files a moment after they have changed.
      await sleep(2_000);
      const signers = phase === 'DUAL_TRUST' ? ([old, oldBetween] as const) : ([coming, between] as const);
      // One side is a step ahead for a while.
      expectChain(await renewed('app'), 'app', ...signers);
      await sleep(1_000);
      expectChain(await renewed('web'), 'web', ...signers);
      await sleep(1_000);
      expect(failed, phase).toEqual([]);
      if (phase === 'STEADY') break;
    }
    expect(phases).toEqual(['NEW_READY', 'DUAL_TRUST', 'DUAL_SIGN', 'STEADY']);
    expect(await takes(stolen)).toBe(false);
    expect(await takes(await askIstiod(istiod, await serviceToken('web'), root))).toBe(true);
    expect(failed).toEqual([]);
    expect(served).toBeGreaterThan(100);
  });
});

/** Returns a token of a service account for istiod, as the kubelet mounts it. */
async function serviceToken(account: string): Promise<string> {
  const { url, ca } = testServer();
  const body = JSON.stringify({
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { audiences: ['istio-ca'], expirationSeconds: 3600 },
  });
  return new Promise((done, failed) => {
    const sent = https.request(
      {
        ...{ host: url.hostname, port: url.port, ca, method: 'POST' },
        path: `/api/v1/namespaces/shop/serviceaccounts/${account}/token`,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Bearer ${tokenOf('admin')}`,
        },
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => {
          const { status } = JSON.parse(text) as { readonly status?: { readonly token?: string } };
          if (status?.token === undefined) failed(new Error(text));
          else done(status.token);
        });
      },
    );
    sent.on('error', failed);
    sent.end(body);
  });
}
