import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { opensslVerifies } from '../adapters/openssl-issued.ts';
import { freePorts } from '../components/free-ports.ts';
import { componentOf } from '../kubernetes/harness/istiod.ts';
import { Repository, shop } from './repository.ts';

const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  targets:
    prod: {platform: istio, output: {kubernetes: {context: none}}}
    edge: {platform: linkerd, output: {kubernetes: {context: none}}}
    local: {platform: envoy, output: {directory: live}}
`;

function exported(target: string): { repository: Repository; out: string; read: (name: string) => string } {
  const repository = new Repository({ ...shop, 'mesh.yaml': mesh });
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  const ran = repository.mesh(['certs', 'export', '--target', target, '--out', 'out']);
  expect(ran, ran.error).toMatchObject({ code: 0 });
  expect(ran.out + ran.error).not.toContain('PRIVATE KEY');
  const read = (name: string): string => readFileSync(path.join(repository.root, 'out', name), 'utf8');
  return { repository, out: path.join(repository.root, 'out'), read };
}

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);
const decoded = (data: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(data).map(([name, text]) => [name, Buffer.from(text, 'base64').toString('utf8')]),
  );

describe('mesh certs export', () => {
  test('istio: the four files of cacerts and the Secret', () => {
    const { repository, out, read } = exported('prod');
    const names = ['ca-cert.pem', 'ca-key.pem', 'cert-chain.pem', 'root-cert.pem'];
    const secret = parse(read('cacerts.yaml'));
    expect(secret.metadata).toEqual({ name: 'cacerts', namespace: 'istio-system' });
    expect(decoded(secret.data)).toEqual(Object.fromEntries(names.map((name) => [name, read(name)])));
    expect([mode(out), mode(`${out}/ca-key.pem`), mode(`${out}/cacerts.yaml`)]).toEqual([
      '700',
      '600',
      '600',
    ]);
    expect(opensslVerifies(read('ca-cert.pem'), '', read('root-cert.pem'))).toBe(true);
    const key = execFileSync('openssl', ['pkey', '-in', `${out}/ca-key.pem`, '-pubout'], {
      encoding: 'utf8',
    });
    const own = execFileSync('openssl', ['x509', '-in', `${out}/ca-cert.pem`, '-noout', '-pubkey'], {
      encoding: 'utf8',
    });
    expect(key).toBe(own);
    // An existing key is never overwritten.
    expect(repository.mesh(['certs', 'export', '--target', 'prod', '--out', 'out']).code).toBe(1);
  });

  test('linkerd: trust anchors as a ConfigMap, the issuer as a Secret', () => {
    const { out, read } = exported('edge');
    const anchors = parse(read('trust-roots.yaml'));
    const secret = parse(read('issuer.yaml'));
    expect(anchors.metadata).toEqual({ name: 'linkerd-identity-trust-roots', namespace: 'linkerd' });
    expect(secret).toMatchObject({
      metadata: { name: 'linkerd-identity-issuer', namespace: 'linkerd' },
      type: 'kubernetes.io/tls',
    });
    const { 'tls.crt': certificate, 'ca.crt': root } = decoded(secret.data);
    expect(anchors.data['ca-bundle.crt']).toBe(root);
    expect(opensslVerifies(certificate!, '', root!)).toBe(true);
    expect([mode(`${out}/issuer.yaml`), read('trust-roots.yaml').includes('PRIVATE KEY')]).toEqual([
      '600',
      false,
    ]);
  });

  test('refuses a folder that Git would track, a mesh without an authority, and a missing hierarchy', () => {
    const repository = new Repository({ ...shop, 'mesh.yaml': mesh, '.gitignore': '.state/\n' }).committed();
    const none = repository.mesh(['certs', 'export', '--target', 'prod']);
    expect(none).toMatchObject({ code: 13, error: expect.stringContaining('mesh certs init') });
    expect(repository.mesh(['certs', 'init']).code).toBe(0);
    const tracked = repository.mesh(['certs', 'export', '--target', 'prod', '--out', 'out']);
    expect(tracked).toMatchObject({ code: 1, error: expect.stringContaining('where Git would track it') });
    expect(repository.git('status', '--porcelain')).toBe('?? certificates/\n');
    expect(repository.mesh(['certs', 'export', '--target', 'local']).code).toBe(64);
    expect(repository.mesh(['certs', 'export']).code).toBe(64);
  });
});

const istiod = componentOf('istio.sh', 'istiod');

/**
 * Returns true if istiod verifies a folder as its authority: it then watches the files. Without a cluster it ends soon
 * after.
 */
async function isAccepted(authority: string): Promise<boolean> {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-istiod-'));
  const [grpc, http, monitoring, secure, https] = await freePorts(5);
  const at = (port: number | undefined): string => `127.0.0.1:${String(port)}`;
  writeFileSync(path.join(folder, 'mesh.yaml'), 'trustDomain: shop.example\n');
  const child = spawn(
    istiod!,
    [
      ...['discovery', '--registries', 'Mock', '--configDir', folder],
      ...['--meshConfig', path.join(folder, 'mesh.yaml'), '--networksConfig', path.join(folder, 'none')],
      ...['--grpcAddr', at(grpc), '--httpAddr', at(http), '--monitoringAddr', at(monitoring)],
      ...['--secureGRPCAddr', at(secure), '--httpsAddr', at(https), '--ctrlz_port', '0'],
    ],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], ROOT_CA_DIR: authority, POD_NAMESPACE: 'istio-system' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  const deadline = Date.now() + 60_000;
  const accepts = (): boolean => said.includes('Added cacerts files watcher');
  while (!accepts() && child.exitCode === null && Date.now() < deadline) await sleep(50);
  expect(said).toContain('Use local CA certificate');
  child.kill('SIGKILL');
  return accepts();
}

test.skipIf(istiod === undefined)(
  'istiod takes the exported files as its authority, and no other root',
  async () => {
    const { out } = exported('prod');
    expect(await isAccepted(out)).toBe(true);
    writeFileSync(path.join(out, 'root-cert.pem'), exported('prod').read('root-cert.pem'));
    expect(await isAccepted(out)).toBe(false);
  },
);
