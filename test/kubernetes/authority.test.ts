import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateReader as reader } from '../../src/adapters/certificate-reader.ts';
import { keyStore } from '../../src/adapters/key-store.ts';
import { x509Signer as signer } from '../../src/adapters/x509-signer.ts';
import { beginRotation } from '../../src/commands/rotation/begin-rotation.ts';
import { hierarchy } from '../../src/core/identity/hierarchy.ts';
import { nextStep, steppedTrust } from '../../src/core/identity/rotation/steps.ts';
import { issuerKey } from '../../src/core/identity/signing-keys.ts';
import { formatTrust, signingIssuer, type Trust } from '../../src/core/identity/trust-file.ts';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { formsOf } from '../components/key-forms.ts';
import { certificatesConfig } from '../core/identity/made-hierarchy.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { emptyRootNamespace } from './harness/empty-root-namespace.ts';
import { componentOf, Istiod } from './harness/istiod.ts';
import { runMesh } from './harness/run-mesh.ts';

const istiodProgram = testKubeconfig === undefined ? undefined : componentOf('istio.sh', 'istiod');
const lostOnLinkerd =
  'settings.no-retries, settings.default-balancing, settings.default-connections, request.unsafe-paths';
const platforms = {
  istio: '{platform: istio, options: {authority: write}',
  linkerd: `{platform: linkerd, degrade: [${lostOnLinkerd}], options: {authority: write}`,
};
const secrets = {
  istio: { namespace: 'istio-system', name: 'cacerts' },
  linkerd: { namespace: 'linkerd', name: 'linkerd-identity-issuer' },
};

describe.skipIf(testKubeconfig === undefined)('the authority of a mesh in a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  const certificates = certificatesConfig();
  const stateHome = process.env['XDG_STATE_HOME'];
  const said: string[] = [];
  const keys: string[] = [];
  let root: string;
  let trust: Trust;

  beforeAll(async () => {
    await installCrds(cluster);
    for (const name of ['istio-system', 'linkerd', 'state-istio', 'state-linkerd', 'shop'])
      await ensureNamespace(cluster, name);
    await emptyRootNamespace(cluster);
    root = mkdtempSync(path.join(tmpdir(), 'mesh-authority-'));
    process.env['XDG_STATE_HOME'] = path.join(root, '.state');
    mkdirSync(path.join(root, 'certificates'));
  });
  afterAll(() => {
    cluster.close();
    if (stateHome === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = stateHome;
    rmSync(root, { recursive: true, force: true });
  });

  const parts = () => ({ signer, reader, keys: keyStore(root) });

  async function begin(platform: keyof typeof platforms): Promise<void> {
    writeFileSync(
      path.join(root, 'mesh.yaml'),
      `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${platform}}
spec:
  trustDomain: shop.example
  access: allow
  egress: allow
  mtls: permissive
  targets:
    prod: ${platforms[platform]}, output: {kubernetes: {context: admin, stateNamespace: state-${platform}}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: {http: {port: 80}}}
`,
    );
    const wish = { trustDomain: 'shop.example', targets: ['prod'], certificates };
    await publish((await hierarchy(wish, parts(), Date.now())).trust);
  }

  async function publish(next: Trust): Promise<void> {
    trust = next;
    writeFileSync(path.join(root, 'certificates/shop.example.json'), formatTrust(trust));
    for (const issuer of trust.issuers)
      keys.push((await keyStore(root).read(issuerKey(certificates, trust.trustDomain, issuer))).text);
  }

  const passage = (to: Trust['phase']) => ({
    ...{ to: to as 'DUAL_TRUST', at: new Date().toISOString(), by: 'test@host', met: 0 },
  });

  /** Takes the next step of the rotation of the root. */
  async function step(): Promise<void> {
    if (trust.rotation === undefined) {
      const about = { of: 'root' as const, targets: ['prod'], isCompromised: false, leafLife: 60_000 };
      const wish = { ...about, passage: passage('NEW_READY') };
      return publish((await beginRotation(trust, { certificates }, wish, parts())).trust);
    }
    const next = nextStep(trust, false);
    if (next === undefined) throw new Error('no step leads on');
    return publish(steppedTrust(trust, next, passage(next.to)));
  }

  async function run(...words: readonly string[]) {
    const ran = await runMesh(words, { root });
    said.push(ran.out, ran.error);
    return ran;
  }

  async function applied(...more: readonly string[]): Promise<string> {
    const ran = await run('apply', '--yes', '--timeout', '2s', ...more);
    expect(ran.code, ran.error).toBe(0);
    return ran.out + ran.error;
  }

  async function files(platform: keyof typeof secrets): Promise<Readonly<Record<string, string>>> {
    const live = await cluster.read(await kindOf(cluster, 'v1', 'Secret'), secrets[platform]);
    const data = (live?.['data'] ?? {}) as Readonly<Record<string, string>>;
    return Object.fromEntries(
      Object.entries(data).map(([name, text]) => [name, Buffer.from(text, 'base64').toString('utf8')]),
    );
  }

  const pem = (index: number): string => trust.roots[index]?.certificate ?? '';

  /** Expects the key of the Secret to be that of the issuer that signs, below its root. */
  function expectSigner(certificate: string, key: string): void {
    const found = new X509Certificate(certificate);
    const issuer = signingIssuer(trust, 'prod');
    expect(found.raw).toEqual(new X509Certificate(issuer?.certificate ?? '').raw);
    expect(found.checkPrivateKey(createPrivateKey(key))).toBe(true);
    const signing = trust.roots.find(({ id }) => id === issuer?.root)?.certificate ?? '';
    expect(found.verify(new X509Certificate(signing).publicKey)).toBe(true);
  }

  test('of Istio gets the issuer and the roots of each phase of a rotation, and never skips one', {
    timeout: 300_000,
  }, async () => {
    await begin('istio');
    const secretKind = await kindOf(cluster, 'v1', 'Secret');
    const theirs = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: secrets.istio,
      stringData: { own: 'theirs' },
    };
    await cluster.create(secretKind, theirs);
    const refused = await run('apply', '--yes', '--timeout', '2s');
    expect(refused.code, refused.error).toBe(7);
    expect(refused.out + refused.error).toContain('--adopt core/Secret/istio-system/cacerts');
    expect(await files('istio')).toEqual({ own: 'theirs' });

    const planned = await run('plan', '--format', 'json');
    expect(JSON.parse(planned.out).targets.prod.certificates).toMatchObject([
      { subject: 'spiffe://shop.example', proxy: 'istio-system.cacerts', action: 'issue' },
    ]);
    await applied('--adopt', 'core/Secret/istio-system/cacerts');
    const first = await files('istio');
    expect(first['root-cert.pem']).toBe(pem(0));
    expect(first['cert-chain.pem']).toBe(`${first['ca-cert.pem']}${pem(0)}`);
    expectSigner(first['ca-cert.pem'] ?? '', first['ca-key.pem'] ?? '');
    const again = await run('plan', '--format', 'json');
    const { certificates: kept } = JSON.parse(again.out).targets.prod;
    expect(kept).toMatchObject([{ action: 'keep', fingerprint: trust.issuers[0]?.id }]);

    await step();
    await applied();
    expect(await files('istio')).toEqual(first);
    await step();
    await applied();
    const dual = await files('istio');
    // istiod takes new roots only if the text of the old ones is a part of theirs.
    expect(dual).toEqual({ ...first, 'root-cert.pem': `${pem(0)}${pem(1)}` });
    const dualTrust = trust;
    await step();
    const dualSign = trust;
    await step();
    const jump = await run('apply', '--yes', '--timeout', '2s');
    expect(jump.code, jump.error).toBe(4);
    expect(await files('istio')).toEqual(dual);
    trust = dualSign;
    await publish(dualSign);
    await applied();
    const signed = await files('istio');
    expect(signed['root-cert.pem']).toBe(dual['root-cert.pem']);
    expectSigner(signed['ca-cert.pem'] ?? '', signed['ca-key.pem'] ?? '');
    expect(signed['ca-cert.pem']).not.toBe(dual['ca-cert.pem']);
    await step();
    await applied();
    const last = await files('istio');
    expect(last).toEqual({ ...signed, 'root-cert.pem': pem(0) });
    expect(pem(0)).toBe(dualTrust.roots[1]?.certificate);

    // A Secret that somebody removed or changed comes back; one without an option stays.
    const live = await cluster.read(secretKind, secrets.istio);
    await cluster.remove(secretKind, secrets.istio, { uid: live?.metadata.uid ?? '' });
    await applied();
    expect(await files('istio')).toEqual({ ...last, own: undefined });
    await run('history', '--format', 'json');
    await run('status', '--format', 'json');
    await run('rollback', '--yes', '--timeout', '2s');
    expect(await files('istio')).toEqual({ ...last, own: undefined });
  });

  test('of Linkerd gets issuer and anchors; the plan has the restarts that new anchors need', async () => {
    await begin('linkerd');
    const maps = await kindOf(cluster, 'v1', 'ConfigMap');
    const anchors = async (): Promise<string | undefined> => {
      const name = { namespace: 'linkerd', name: 'linkerd-identity-trust-roots' };
      const live: LiveObject | undefined = await cluster.read(maps, name);
      return (live?.['data'] as Readonly<Record<string, string>> | undefined)?.['ca-bundle.crt'];
    };
    const restarts = async (): Promise<unknown> => {
      const planned = await run('plan', '--format', 'json');
      return JSON.parse(planned.out).targets.prod.restarts;
    };
    const needed = [
      [
        'linkerd/deployment/linkerd-identity',
        'kubectl -n linkerd rollout restart deployment/linkerd-identity',
      ],
      [
        'linkerd/deployment/linkerd-destination',
        'kubectl -n linkerd rollout restart deployment/linkerd-destination',
      ],
      [
        'linkerd/deployment/linkerd-proxy-injector',
        'kubectl -n linkerd rollout restart deployment/linkerd-proxy-injector',
      ],
      ['shop/workloads', 'kubectl -n shop rollout restart deployment,statefulset,daemonset'],
    ].map(([proxy, command]) => ({ proxy, why: 'trust changed', command }));
    await applied();
    expect(await anchors()).toBe(pem(0));
    const first = await files('linkerd');
    expect(first['ca.crt']).toBe(pem(0));
    expectSigner(first['tls.crt'] ?? '', first['tls.key'] ?? '');
    await step();
    expect(await restarts()).toEqual([]);
    await applied();
    await step();
    expect(await restarts()).toEqual(needed);
    expect(await applied()).toMatch(
      /Restart linkerd\/deployment\/linkerd-identity after the apply: .*\n?.*kubectl -n linkerd rollout\s+restart\s+deployment\/linkerd-identity/,
    );
    expect(await anchors()).toBe(`${pem(0)}${pem(1)}`);
    expect(await files('linkerd')).toEqual(first);
    await step();
    // Linkerd reads a new issuer as it runs.
    expect(await restarts()).toEqual([]);
    await applied();
    const signed = await files('linkerd');
    expectSigner(signed['tls.crt'] ?? '', signed['tls.key'] ?? '');
    expect(signed['tls.crt']).not.toBe(first['tls.crt']);
  });

  test('leaves no key in an output, a plan, a record, or an object beside its own Secrets', async () => {
    const own = new Set(Object.values(secrets).map(({ namespace, name }) => `${namespace}/${name}`));
    const texts: Buffer[] = said.map((text) => Buffer.from(text));
    for (const kind of ['Secret', 'ConfigMap'])
      for (const live of (await cluster.list(await kindOf(cluster, 'v1', kind))).objects) {
        const { namespace = '', name } = live.metadata;
        if (kind === 'Secret' && own.has(`${namespace}/${name}`)) continue;
        texts.push(Buffer.from(JSON.stringify(live)));
        for (const value of Object.values((live['data'] ?? {}) as Record<string, string>))
          texts.push(...unpacked(value));
      }
    expect(texts.length).toBeGreaterThan(20);
    expect(new Set(keys).size).toBeGreaterThan(3);
    const forms = [...new Set(keys)].flatMap((key) => formsOf(key));
    expect(texts.filter((text) => forms.some((form) => text.includes(form)))).toEqual([]);
    // The search finds a key that is there.
    const there = Buffer.from(Object.values(await files('istio')).join('\n'));
    expect(forms.some((form) => there.includes(form))).toBe(true);
  });

  test.skipIf(istiodProgram === undefined)(
    'is taken by a real istiod, which hands its root to namespaces',
    {
      timeout: 120_000,
    },
    async () => {
      // A pod of istiod has the Secret mounted at this place of its working directory.
      const mounted = path.join(root, 'etc/cacerts');
      mkdirSync(mounted, { recursive: true });
      for (const [name, text] of Object.entries(await files('istio')))
        writeFileSync(path.join(mounted, name), text);
      const istiod = await Istiod.start(istiodProgram ?? '', root, '127.0.0.1', { signs: true });
      try {
        const maps = await kindOf(cluster, 'v1', 'ConfigMap');
        const roots = (await files('istio'))['root-cert.pem'];
        await expect
          .poll(
            async () => {
              const live = await cluster.read(maps, { namespace: 'shop', name: 'istio-ca-root-cert' });
              return (live?.['data'] as Readonly<Record<string, string>> | undefined)?.['root-cert.pem'];
            },
            { timeout: 25_000 },
          )
          .toBe(roots);
      } finally {
        await istiod.stop();
      }
    },
  );
});

/** Returns the bytes of a value of an object, also unpacked if a record compresses them. */
function unpacked(value: string): readonly Buffer[] {
  const bytes = Buffer.from(value, 'base64');
  const inner = bytes[0] === 0x1f ? bytes : Buffer.from(bytes.toString('utf8'), 'base64');
  if (inner[0] !== 0x1f || inner[1] !== 0x8b) return [Buffer.from(value), bytes];
  try {
    return [bytes, gunzipSync(inner)];
  } catch {
    return [bytes];
  }
}
