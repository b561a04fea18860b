import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateReader as reader } from '../../src/adapters/certificate-reader.ts';
import type { Trust } from '../../src/core/identity/trust-file.ts';
import type { Json } from '../../src/core/lib/json.ts';
import { Agent } from './harness/consul/agent.ts';

const consul = process.env['CONSUL'];
const bin = path.resolve(import.meta.dirname, '../../bin/mesh.js');

/** Consul's own agent with the issuer of a spec, by the file that `mesh certs export` writes for it. */
describe.skipIf(consul === undefined)('the authority of Consul', { timeout: 120_000 }, () => {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-consul-authority-'));
  const agent = new Agent(path.join(root, 'agent'), '127.0.78.1');

  beforeAll(async () => {
    writeFileSync(
      path.join(root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  certificates: {workload: {lifetime: 48h}}
  targets: {vms: {platform: consul}}
`,
    );
    mesh('certs', 'init');
    await agent.start(consul!, 'deny');
  });

  afterAll(async () => {
    await agent.stop();
    rmSync(root, { recursive: true, force: true });
  });

  function mesh(...words: readonly string[]): void {
    const env = { ...process.env, XDG_STATE_HOME: path.join(root, '.state') };
    execFileSync(process.execPath, [bin, ...words, '--root', root], { env, cwd: root, stdio: 'pipe' });
  }

  /** Hands the issuer over as `consul connect ca set-config` does; returns the trust file. */
  async function handedOver(): Promise<Trust> {
    rmSync(path.join(root, 'certificates-vms'), { recursive: true, force: true });
    mesh('certs', 'export', '--target', 'vms');
    const config = JSON.parse(readFileSync(path.join(root, 'certificates-vms/ca.json'), 'utf8')) as Json;
    await agent.put('/v1/connect/ca/configuration', config);
    return JSON.parse(readFileSync(path.join(root, 'certificates/shop.example.json'), 'utf8')) as Trust;
  }

  /** Expects certificates of services from an issuer, which OpenSSL verifies up to the root of the spec. */
  async function expectSigned(trust: Trust, id: string): Promise<void> {
    const issuer = trust.issuers.find((one) => one.id === id)!;
    const [signer] = reader.certificates(issuer.certificate) ?? [];
    const leafOf = async () => reader.certificates((await agent.certificateOf('web')).cert) ?? [];
    await expect
      .poll(async () => reader.isSignedBy((await leafOf())[0]!, signer!), { timeout: 30_000 })
      .toBe(true);
    const [leaf] = await leafOf();
    expect(leaf!.uris[0]).toMatch(/^spiffe:\/\/[-0-9a-f]+\.consul\/ns\/default\/dc\/dc1\/svc\/web$/);
    // The life of a workload's certificate in the spec.
    expect((leaf!.notAfter - leaf!.notBefore) / 3_600_000).toBeCloseTo(48, 0);
    const files = { 'leaf.pem': leaf!.pem, 'issuer.pem': issuer.certificate };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
    writeFileSync(
      path.join(root, 'root.pem'),
      trust.roots.find((one) => one.id === issuer.root)!.certificate,
    );
    const args = ['verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'issuer.pem', 'leaf.pem'];
    expect(execFileSync('openssl', args, { cwd: root, encoding: 'utf8' })).toContain('OK');
  }

  test('takes the issuer of the spec and signs with it, and takes the next one after a rotation', async () => {
    const first = await handedOver();
    const [old] = first.issuers;
    await expectSigned(first, old!.id);
    mesh('certs', 'rotate', 'issuer');
    mesh('certs', 'rotate', 'issuer', '--force');
    const second = await handedOver();
    const coming = second.rotation!.new[0]!;
    await expectSigned(second, coming);
    // Proxies keep both until the certificates of the old one have ended.
    const { Roots: roots } = (await (
      await fetch(`http://${agent.host}:8500/v1/connect/ca/roots`)
    ).json()) as {
      readonly Roots: readonly { readonly RootCert: string; readonly Active: boolean }[];
    };
    const handed = roots.flatMap(({ RootCert }) => reader.certificates(RootCert) ?? []);
    expect(handed.map(({ fingerprint }) => fingerprint)).toEqual(expect.arrayContaining([old!.id, coming]));
  });

  test('refuses the lives that the export refuses', async () => {
    for (const [life, seconds] of [
      ['59m', 59 * 60],
      ['2921h', 2921 * 3600],
    ] as const) {
      const text = readFileSync(path.join(root, 'mesh.yaml'), 'utf8');
      writeFileSync(path.join(root, 'mesh.yaml'), text.replace(/lifetime: \w+/, `lifetime: ${life}`));
      expect(() => mesh('certs', 'export', '--target', 'vms', '--out', life)).toThrow('1h to 2920h');
      const config = JSON.parse(readFileSync(path.join(root, 'certificates-vms/ca.json'), 'utf8')) as {
        readonly Config: Readonly<Record<string, string>>;
      };
      const wrong = { ...config, Config: { ...config.Config, LeafCertTTL: `${String(seconds)}s` } };
      await expect(agent.put('/v1/connect/ca/configuration', wrong)).rejects.toThrow(/TTL must be/);
    }
  });
});
