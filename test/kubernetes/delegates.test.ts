import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateReader as reader } from '../../src/adapters/certificate-reader.ts';
import { authorityProblem } from '../../src/core/identity/check-chain.ts';
import { brokenAuthorityRule } from '../../src/core/identity/rules/broken-authority-rule.ts';
import { formatTrust, type Trust } from '../../src/core/identity/trust-file.ts';
import type { ServedKind } from '../../src/ports/cluster.ts';
import { freePorts } from '../components/free-ports.ts';
import { madeHierarchy } from '../core/identity/made-hierarchy.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { Delegate, installOwnCrds } from './harness/delegates.ts';
import { emptyRootNamespace } from './harness/empty-root-namespace.ts';
import { componentOf, Istiod } from './harness/istiod.ts';
import { runMesh } from './harness/run-mesh.ts';

const has = testKubeconfig !== undefined;
const program = (name: string): string | undefined => (has ? componentOf('delegates.sh', name) : undefined);
const certManager = program('cert-manager');
const trustManager = program('trust-manager');
const spireServer = program('spire-server');
const istiodProgram = has ? componentOf('istio.sh', 'istiod') : undefined;
for (const [name, found] of Object.entries({ certManager, trustManager, spireServer }))
  if (has && found === undefined)
    console.warn(
      `\nNO ${name}: its tests are skipped. \`npm run delegates\` builds what they need, with Go.\n`,
    );

const mesh = (name: string, certificates: string, target: string): string => `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${name}}
spec:
  trustDomain: shop.example
  access: allow
  egress: allow
  mtls: permissive
  certificates: ${certificates}
  targets:
    prod: {${target}, output: {kubernetes: {context: admin, stateNamespace: state-${name}}}}
`;

/** The own controllers of cert-manager and trust-manager, and SPIRE's own server, on what an apply has written. */
describe.skipIf(certManager === undefined)('delegates that sign for a mesh', { timeout: 120_000 }, () => {
  const cluster = (has ? connected() : undefined) as ReturnType<typeof connected>;
  const running: Delegate[] = [];
  let root: string;
  let trust: Trust;

  beforeAll(async () => {
    await installCrds(cluster);
    await installOwnCrds(cluster, certManager ?? '');
    if (trustManager !== undefined) await installOwnCrds(cluster, trustManager);
    await emptyRootNamespace(cluster);
    for (const name of ['cert-manager', 'linkerd', 'istio-system', 'spire', 'shop'])
      await ensureNamespace(cluster, name);
    for (const name of ['linkerd', 'istio']) await ensureNamespace(cluster, `state-${name}`);
    root = mkdtempSync(path.join(tmpdir(), 'mesh-delegates-'));
    mkdirSync(path.join(root, 'certificates'));
    const made = await madeHierarchy({ targets: [] }, Date.now());
    trust = made.trust;
    writeFileSync(path.join(root, 'certificates/shop.example.json'), formatTrust(trust));
    await cluster.create(await kindOf(cluster, 'v1', 'Secret'), {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name: 'shop-root', namespace: 'cert-manager' },
      stringData: { 'tls.crt': rootPem(), 'tls.key': made.keys.texts.get(trust.roots[0]?.id ?? '') ?? '' },
    });
    await cluster.create(await kindOf(cluster, 'cert-manager.io/v1', 'ClusterIssuer'), {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: 'shop-root' },
      spec: { ca: { secretName: 'shop-root' } },
    });
    for (const one of [certManager, trustManager])
      if (one !== undefined) running.push(new Delegate(one, [testKubeconfig ?? '', 'cert-manager'], root));
  }, 120_000);

  afterAll(async () => {
    for (const one of running) await one.stop();
    cluster.close();
    rmSync(root, { recursive: true, force: true });
  });

  const rootPem = (): string => trust.roots[0]?.certificate ?? '';
  const said = (): string => running.map((one) => one.said).join('\n');

  /** Applies a mesh, which waits until what it has written is ready. */
  async function applied(text: string): Promise<void> {
    writeFileSync(path.join(root, 'mesh.yaml'), text);
    const ran = await runMesh(['apply', '--yes', '--timeout', '40s', '--allow-prune-percent', '100'], {
      root,
    });
    expect(ran.code, `${ran.out}\n${ran.error}\n${said()}`).toBe(0);
  }

  /** Returns the files of an object once it has one of that name. */
  async function filesOf(kind: 'Secret' | 'ConfigMap', namespace: string, name: string, file: string) {
    const served: ServedKind = await kindOf(cluster, 'v1', kind);
    const read = async (): Promise<Readonly<Record<string, string>>> => {
      const data = ((await cluster.read(served, { namespace, name }))?.['data'] ?? {}) as Readonly<
        Record<string, string>
      >;
      const plain = (text: string): string =>
        kind === 'Secret' ? Buffer.from(text, 'base64').toString('utf8') : text;
      return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, plain(text)]));
    };
    const found = { files: {} as Readonly<Record<string, string>> };
    await expect
      .poll(async () => (found.files = await read())[file], { timeout: 30_000, message: said() })
      .toBeTypeOf('string');
    return found.files;
  }

  /** Expects an authority of the trust domain, with its own key, that the root signed and every rule of ours takes. */
  function expectAuthority(files: Readonly<Record<string, string>>): void {
    const text = files['tls.crt'] ?? '';
    const [facts] = reader.certificates(text) ?? [];
    const [signer] = reader.certificates(rootPem()) ?? [];
    expect(facts?.uris).toEqual(['spiffe://shop.example']);
    expect(brokenAuthorityRule(reader, facts!, 'shop.example')).toBeUndefined();
    expect(authorityProblem(facts!, 0)).toBeUndefined();
    expect(reader.isSignedBy(facts!, signer!)).toBe(true);
    expect(new X509Certificate(text).checkPrivateKey(createPrivateKey(files['tls.key'] ?? ''))).toBe(true);
    expect(createPrivateKey(files['tls.key'] ?? '').asymmetricKeyDetails).toEqual({
      namedCurve: 'prime256v1',
    });
    expect(files['tls.key']).toContain('BEGIN PRIVATE KEY');
    expect(files['ca.crt']).toBe(rootPem());
  }

  test('cert-manager makes the issuer of Linkerd, and a new key when it renews', async () => {
    await applied(
      mesh('linkerd', '{delegate: cert-manager, certManager: {issuer: shop-root}}', 'platform: linkerd'),
    );
    const first = await filesOf('Secret', 'linkerd', 'linkerd-identity-issuer', 'tls.crt');
    expectAuthority(first);
    const [facts] = reader.certificates(first['tls.crt'] ?? '') ?? [];
    // The life of an issuer that the spec doesn't set.
    expect((facts!.notAfter - facts!.notBefore) / 86_400_000).toBeCloseTo(90, 1);

    // This condition is how `cmctl renew` asks for a renewal.
    const kind = await kindOf(cluster, 'cert-manager.io/v1', 'Certificate');
    const name = { namespace: 'linkerd', name: 'linkerd-identity-issuer' };
    // The controller writes its status after the Secret.
    const renewalTime = async (): Promise<string | undefined> =>
      ((await cluster.read(kind, name))?.['status'] as { readonly renewalTime?: string } | undefined)
        ?.renewalTime;
    await expect.poll(renewalTime, { timeout: 30_000, message: said() }).toBeTypeOf('string');
    const renewal = Date.parse((await renewalTime()) ?? '');
    // Two thirds of its life.
    expect((renewal - facts!.notBefore) / 86_400_000).toBeCloseTo(60, 1);
    const secrets = await kindOf(cluster, 'v1', 'Secret');
    const before = await cluster.read(secrets, name);
    await cluster.remove(secrets, name, { uid: before?.metadata.uid ?? '' });
    await expect
      .poll(
        async () => (await filesOf('Secret', 'linkerd', 'linkerd-identity-issuer', 'tls.crt'))['tls.crt'],
        {
          timeout: 30_000,
        },
      )
      .not.toBe(first['tls.crt']);
    const second = await filesOf('Secret', 'linkerd', 'linkerd-identity-issuer', 'tls.crt');
    expectAuthority(second);
    expect(second['tls.key']).not.toBe(first['tls.key']);
    const plan = await runMesh(['plan', '--format', 'json'], { root });
    expect(JSON.parse(plan.out).counts, plan.out).toMatchObject({ create: 0, update: 0, delete: 0 });
  });

  test.skipIf(trustManager === undefined)(
    'trust-manager hands the roots of the trust file to Linkerd alone',
    async () => {
      const files = await filesOf('ConfigMap', 'linkerd', 'linkerd-identity-trust-roots', 'ca-bundle.crt');
      // trust-manager has an order of its own.
      const prints = (text: string) =>
        reader
          .certificates(text)
          ?.map(({ fingerprint }) => fingerprint)
          .sort();
      expect(prints(files['ca-bundle.crt'] ?? '')).toEqual(prints(rootPem()));
      const maps = await cluster.list(await kindOf(cluster, 'v1', 'ConfigMap'));
      const own = maps.objects.filter(({ metadata }) => metadata.name === 'linkerd-identity-trust-roots');
      expect(own.map(({ metadata }) => metadata.namespace)).toEqual(['linkerd']);
      // A rotation of the roots: the next apply changes the Bundle, and so what proxies trust.
      const { trust: other } = await madeHierarchy({ targets: [] }, Date.now());
      const both = { ...trust, roots: [...trust.roots, ...other.roots] };
      writeFileSync(path.join(root, 'certificates/shop.example.json'), formatTrust(both));
      await applied(readFileSync(path.join(root, 'mesh.yaml'), 'utf8'));
      await expect
        .poll(
          async () =>
            prints(
              (await filesOf('ConfigMap', 'linkerd', 'linkerd-identity-trust-roots', 'ca-bundle.crt'))[
                'ca-bundle.crt'
              ] ?? '',
            ),
          { timeout: 30_000 },
        )
        .toEqual(both.roots.map(({ id }) => id).sort());
      writeFileSync(path.join(root, 'certificates/shop.example.json'), formatTrust(trust));
    },
  );

  test.skipIf(istiodProgram === undefined)(
    'istiod takes what cert-manager makes for it, and hands its root out',
    async () => {
      await applied(
        mesh('istio', '{delegate: cert-manager, certManager: {issuer: shop-root}}', 'platform: istio'),
      );
      const files = await filesOf('Secret', 'istio-system', 'cacerts', 'tls.crt');
      expectAuthority(files);
      const mounted = path.join(root, 'etc/cacerts');
      mkdirSync(mounted, { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(path.join(mounted, name), text);
      const istiod = await Istiod.start(istiodProgram ?? '', root, '127.0.79.1', { signs: true });
      try {
        await expect
          .poll(
            async () =>
              (await filesOf('ConfigMap', 'shop', 'istio-ca-root-cert', 'root-cert.pem'))['root-cert.pem'],
            {
              timeout: 30_000,
            },
          )
          .toBe(rootPem());
      } finally {
        await istiod.stop();
      }
    },
  );

  test.skipIf(spireServer === undefined)(
    'the server of SPIRE signs workloads below the root of cert-manager',
    async () => {
      await installCrds(cluster, [spiffeIds]);
      const certificates =
        '{workload: {lifetime: 1h}, issuer: {lifetime: 30d}, delegate: spire, certManager: {issuer: shop-root}, spire: {namespace: spire}}';
      await applied(mesh('istio', certificates, 'platform: istio'));
      const files = await filesOf('ConfigMap', 'spire', 'mesh-istio-spire-server', 'server.json');
      const part = JSON.parse(files['server.json'] ?? '') as {
        readonly server: object;
        readonly plugins: { readonly UpstreamAuthority: readonly Record<string, { plugin_data: object }>[] };
      };
      // An installation adds its own places to the part.
      const [port] = await freePorts(1);
      const socket = path.join(root, 'api.sock');
      const [upstream] = part.plugins.UpstreamAuthority;
      const { plugin_data: data } = upstream!['cert-manager']!;
      const config = {
        server: {
          ...part.server,
          bind_address: '127.0.0.1',
          bind_port: String(port),
          socket_path: socket,
          data_dir: root,
        },
        plugins: {
          DataStore: [
            {
              sql: {
                plugin_data: {
                  database_type: 'sqlite3',
                  connection_string: path.join(root, 'spire.sqlite3'),
                },
              },
            },
          ],
          KeyManager: [{ memory: { plugin_data: {} } }],
          NodeAttestor: [{ join_token: { plugin_data: {} } }],
          UpstreamAuthority: [
            { 'cert-manager': { plugin_data: { ...data, kube_config_file: testKubeconfig } } },
          ],
        },
      };
      writeFileSync(path.join(root, 'server.json'), JSON.stringify(config));
      const server = new Delegate(
        spireServer ?? '',
        ['run', '-config', path.join(root, 'server.json')],
        root,
      );
      running.push(server);
      const ask = (...words: readonly string[]): string =>
        execFileSync(spireServer ?? '', [...words, '-socketPath', socket], {
          encoding: 'utf8',
          stdio: 'pipe',
        });
      const prints = (text: string) => reader.certificates(text)?.map(({ fingerprint }) => fingerprint);
      await expect
        .poll(
          () => {
            try {
              return prints(ask('bundle', 'show', '-format', 'pem'));
            } catch {
              return server.said;
            }
          },
          { timeout: 40_000, interval: 500 },
        )
        .toEqual(prints(rootPem()));
      const id = 'spiffe://shop.example/ns/shop/sa/web';
      ask('x509', 'mint', '-spiffeID', id, '-write', root);
      const [leaf, authority] = reader.certificates(readFileSync(path.join(root, 'svid.pem'), 'utf8')) ?? [];
      const [signer] = reader.certificates(rootPem()) ?? [];
      expect(leaf?.uris).toEqual([id]);
      expect(reader.isSignedBy(leaf!, authority!)).toBe(true);
      expect(reader.isSignedBy(authority!, signer!)).toBe(true);
      expect((leaf!.notAfter - leaf!.notBefore) / 60_000).toBeLessThan(62);
      expect((authority!.notAfter - authority!.notBefore) / 86_400_000).toBeCloseTo(30, 1);
    },
  );
});

/** The CRD of ClusterSPIFFEIDs, which SPIRE's controller reads. */
const spiffeIds = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'clusterspiffeids.spire.spiffe.io' },
  spec: {
    group: 'spire.spiffe.io',
    scope: 'Cluster',
    names: {
      kind: 'ClusterSPIFFEID',
      plural: 'clusterspiffeids',
      singular: 'clusterspiffeid',
      listKind: 'ClusterSPIFFEIDList',
    },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};
