import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { link } from '../../../../src/core/ir/link/link.ts';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import gatewayApi from '../../../../src/core/targets/gateway-api/index.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import linkerd from '../../../../src/core/targets/linkerd/index.ts';
import { checkTarget } from '../../../../src/core/targets/portability.ts';
import type { Target } from '../../../../src/core/targets/target.ts';
import schemas from '../../../schemas/certificates.gen.json' with { type: 'json' };
import { document, mesh, spec } from '../../ir/linked.ts';
import { crdProblems, crdValidators } from '../crd-validators.ts';

const roots = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n';
const validators = crdValidators(schemas);

/** Returns a mesh of one service whose certificates somebody else makes. */
function loaded(certificates: string, targets = '{prod: {platform: istio}}') {
  const documents = spec(
    mesh('access: allow', `targets: ${targets}`, `certificates: ${certificates}`),
    document('Service', 'web', ['ports: {http: {port: 80}}']),
  );
  const { ir } = link(documents);
  if (ir === undefined) throw new Error('the mesh does not link');
  return { spec: documents, ir };
}

function written(
  target: Target,
  ir: Ir,
  options: Readonly<Record<string, unknown>> = {},
  trust: Readonly<Record<string, string>> = { 'shop.example': roots },
): readonly ObjectArtifact[] {
  const kinds = new Set(['Certificate', 'Bundle', 'ClusterSPIFFEID', 'ConfigMap']);
  return target
    .lower(ir, { version: target.versions.at(-1) ?? '', options, trust })
    .filter((one): one is ObjectArtifact => one.type === 'object' && kinds.has(one.kind));
}

const byCertManager =
  '{issuer: {lifetime: 90d}, delegate: cert-manager, certManager: {issuer: shop-root, kind: Issuer}}';

describe('cert-manager', () => {
  test("signs Istio's authority into the Secret that istiod reads, by the profile of an issuer", () => {
    const [certificate, ...more] = written(istio, loaded(byCertManager).ir, { rootNamespace: 'mesh-root' });
    expect(more).toEqual([]);
    expect(certificate?.manifest).toMatchObject({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'cacerts', namespace: 'mesh-root' },
      spec: {
        secretName: 'cacerts',
        isCA: true,
        uris: ['spiffe://shop.example'],
        issuerRef: { name: 'shop-root', kind: 'Issuer', group: 'cert-manager.io' },
        privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
        // 90 days, and a third of them, in seconds.
        duration: '7776000s',
        renewBefore: '2592000s',
        usages: ['cert sign', 'crl sign'],
      },
    });
  });

  test("signs Linkerd's issuer, and trust-manager writes the anchors from the trust file", () => {
    const { ir } = loaded(byCertManager, '{prod: {platform: linkerd}}');
    const [certificate, bundle] = written(linkerd, ir);
    expect(certificate?.manifest).toMatchObject({
      metadata: { name: 'linkerd-identity-issuer', namespace: 'linkerd' },
      spec: { secretName: 'linkerd-identity-issuer', commonName: 'identity.linkerd.shop.example' },
    });
    expect(bundle).toMatchObject({
      namespace: '',
      manifest: {
        apiVersion: 'trust.cert-manager.io/v1alpha1',
        kind: 'Bundle',
        spec: {
          sources: [{ inLine: roots }],
          target: {
            configMap: { key: 'ca-bundle.crt' },
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'linkerd' } },
          },
        },
      },
    });
    // trust-manager gives the ConfigMap the name of the Bundle, and a Bundle has no namespace.
    expect((bundle?.manifest as { metadata: object }).metadata).toMatchObject({
      name: 'linkerd-identity-trust-roots',
    });
    expect((bundle?.manifest as { metadata: object }).metadata).not.toHaveProperty('namespace');
    expect(bundle && linkerd.isTrust?.(bundle)).toBe(true);
    expect(certificate && linkerd.isTrust?.(certificate)).toBe(false);
  });

  test('writes no Bundle without roots', () => {
    const { ir } = loaded(byCertManager, '{prod: {platform: linkerd}}');
    expect(written(linkerd, ir, {}, {}).map(({ kind }) => kind)).toEqual(['Certificate']);
  });

  test('gives the objects of the mesh that reads routes of the Gateway API', () => {
    const { ir } = loaded(byCertManager);
    const names = (implementation: string) =>
      written(gatewayApi, ir, { implementation }).map(({ kind, name }) => `${kind} ${name}`);
    expect(names('istio')).toEqual(['Certificate cacerts']);
    expect(names('linkerd')).toEqual([
      'Certificate linkerd-identity-issuer',
      'Bundle linkerd-identity-trust-roots',
    ]);
    expect(names('cilium')).toEqual([]);
  });
});

const bySpire =
  '{workload: {lifetime: 1h}, delegate: spire, certManager: {issuer: shop-root}, spire: {namespace: spire, className: main}}';

test("SPIRE registers Istio's pods, and its server asks cert-manager for its authority", () => {
  const { ir } = loaded(bySpire);
  const [registration, upstream, ...more] = written(istio, ir);
  expect(more).toEqual([]);
  expect(registration?.manifest).toMatchObject({
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterSPIFFEID',
    spec: {
      className: 'main',
      spiffeIDTemplate:
        'spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}',
      ttl: '3600s',
    },
  });
  const { data, metadata } = upstream?.manifest as unknown as {
    readonly data: Readonly<Record<string, string>>;
    readonly metadata: object;
  };
  expect(metadata).toMatchObject({ namespace: 'spire' });
  expect(JSON.parse(data['server.json'] ?? '')).toEqual({
    server: {
      trust_domain: 'shop.example',
      ca_key_type: 'ec-p256',
      ca_ttl: '7776000s',
      default_x509_svid_ttl: '3600s',
    },
    plugins: {
      UpstreamAuthority: [
        {
          'cert-manager': {
            plugin_data: {
              namespace: 'spire',
              issuer_name: 'shop-root',
              issuer_kind: 'ClusterIssuer',
              issuer_group: 'cert-manager.io',
            },
          },
        },
      ],
    },
  });
});

test('the CRDs take every object, and add nothing to it; all kinds are owned', () => {
  const meshes = [byCertManager, bySpire].map((certificates) => loaded(certificates).ir);
  const all = meshes.flatMap((ir) =>
    [istio, linkerd].flatMap((target) => written(target, ir).map((one) => ({ target, one }))),
  );
  const adding = crdValidators(schemas, true);
  for (const { target, one } of all) {
    const { apiVersion, kind } = one.manifest as { readonly apiVersion: string; readonly kind: string };
    expect(target.owns).toContainEqual({ apiVersion, kind });
    if (kind === 'ClusterSPIFFEID') continue;
    expect(crdProblems(validators, one.manifest)).toEqual([]);
    const copy = structuredClone(one.manifest);
    crdProblems(adding, copy);
    expect(copy).toEqual(one.manifest);
  }
  expect(all.map(({ one }) => one.kind).sort()).toEqual(
    ['Bundle', 'Certificate', 'Certificate', 'ClusterSPIFFEID', 'ConfigMap'].sort(),
  );
  expect(JSON.stringify(all)).not.toContain('PRIVATE KEY');
});

test('a mesh without a delegate has none of these objects', () => {
  expect(written(istio, loaded('{certManager: {issuer: shop-root}}').ir)).toEqual([]);
});

describe('findings', () => {
  const found = async (certificates: string, targets: string) => {
    const { spec: documents, ir } = loaded(certificates, targets);
    const checked = await Promise.all(
      Object.values(ir.targets).map((config) => checkTarget(documents, ir, config)),
    );
    return checked.flatMap(({ diagnostics }) =>
      diagnostics
        .filter(({ code }) => code.startsWith('MESH403'))
        .map(({ code, severity, message }) => `${code} ${severity} ${message}`),
    );
  };

  test.each([
    [bySpire, '{a: {platform: linkerd}}', ['MESH4033 error', "Linkerd's own identity service"]],
    [byCertManager, '{a: {platform: gateway-api}}', ['MESH4033 error', 'implementation']],
    [
      byCertManager,
      '{a: {platform: gateway-api, options: {implementation: kuma}}}',
      ['MESH4033 error', 'how kuma reads'],
    ],
    [byCertManager, '{a: {platform: envoy}}', ['MESH4032 warning', 'a takes files']],
    [
      '{delegate: cert-manager, certManager: {issuer: r}, workload: {lifetime: 2h}}',
      '{a: {platform: istio}}',
      ['MESH4034 warning `workload.lifetime`', 'DEFAULT_WORKLOAD_CERT_TTL'],
    ],
    [
      '{delegate: cert-manager, certManager: {issuer: r}, root: {lifetime: 100d}}',
      '{a: {platform: istio}}',
      ['MESH4034 warning `root.lifetime`'],
    ],
    [
      byCertManager,
      '{a: {platform: istio, options: {authority: write}}}',
      ['MESH4036 error', '`authority: write`', 'cert-manager makes one'],
    ],
    [
      '{}',
      '{a: {platform: linkerd, options: {authority: write}, output: {git: {repository: "https://git.example/d.git", branch: main}}}}',
      ['MESH4037 error', 'is a repository'],
    ],
    [
      '{delegate: cert-manager, certManager: {issuer: r}, federation: {partner.example: {bundle: p.pem}}}',
      '{a: {platform: istio}}',
      ['MESH4035 warning', 'partner.example'],
    ],
  ])('%s at %s', async (certificates, targets, parts) => {
    const messages = await found(certificates, targets);
    expect(messages).toHaveLength(1);
    for (const part of parts) expect(messages[0]).toContain(part);
  });

  test('a root that signs for a directory, too, keeps its settings', async () => {
    const certificates = '{delegate: cert-manager, certManager: {issuer: r}, root: {lifetime: 100d}}';
    const messages = await found(certificates, '{a: {platform: istio}, b: {platform: envoy}}');
    expect(messages.map((one) => one.slice(0, 8))).toEqual(['MESH4032']);
  });

  // Istio and Linkerd issue below the authority of this tool, too: the spec can't set the lifetime there.
  test.each([
    ['istio', 'DEFAULT_WORKLOAD_CERT_TTL'],
    ['linkerd', 'issuanceLifetime'],
  ])('the lifetime of workload certificates has no effect at %s', async (platform, setting) => {
    const targets = `{a: {platform: ${platform}}, b: {platform: envoy}}`;
    const [message, ...others] = await found('{workload: {lifetime: 1h}}', targets);
    expect(message).toMatch(/^MESH4038 info `workload\.lifetime` has no effect at target a/);
    expect(message).toContain(setting);
    expect(others).toEqual([]);
    expect(await found('{root: {lifetime: 900d}}', targets)).toEqual([]);
  });

  test('there are none without a delegate, and none for SPIRE at Istio', async () => {
    expect(await found('{}', '{a: {platform: istio}}')).toEqual([]);
    expect(await found(bySpire, '{a: {platform: istio}}')).toEqual([]);
  });
});
