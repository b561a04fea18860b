import { describe, expect, test } from 'vitest';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import gatewayApi from '../../../../src/core/targets/gateway-api/index.ts';
import { linked } from '../../ir/linked.ts';

const version = gatewayApi.versions.at(-1) ?? '';
const istio = { implementation: 'istio' };

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

function mesh(external: string, rest = '') {
  return linked(`apiVersion: mesh/v1
kind: Mesh
metadata: {name: m}
spec: {trustDomain: example.org, targets: {t: {platform: gateway-api, output: {directory: out}}}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: {http: {port: 80}}}
---
apiVersion: mesh/v1
kind: External
metadata: {name: bank, namespace: shop}
spec: {${external}}
${rest}`);
}

function written(external: string, options: Readonly<Record<string, string>> = istio, rest = '') {
  return gatewayApi
    .lower(mesh(external, rest), { version, options })
    .filter((one): one is ObjectArtifact => one.type === 'object')
    .filter(({ manifest }) => JSON.stringify(manifest).includes('External/shop/bank'))
    .map(({ manifest }) => manifest as unknown as Written);
}

/** Returns the record of the mode with these options; of the target itself if no mode has them. */
function capabilitiesOf(options: Readonly<Record<string, string>>) {
  const modes = Object.values(gatewayApi.modes ?? {});
  const own = modes.find((mode) => mode.options?.['implementation'] === options['implementation']);
  return own?.capabilities ?? gatewayApi.capabilities;
}

function policy(external: string): unknown {
  return written(external).find(({ kind }) => kind === 'BackendTLSPolicy')?.spec['validation'];
}

/** Returns the features and reasons of the losses of an External. */
function lost(external: string, options: Readonly<Record<string, string>> = istio): readonly string[] {
  const limits = gatewayApi.limits?.(mesh(external), { version, options }) ?? [];
  return limits
    .filter(({ feature }) => feature.startsWith('external.'))
    .map(({ feature, reason }) => `${feature}: ${reason}`);
}

const plain = 'hosts: [api.bank.example], ports: {http: {port: 443, protocol: http}}';

describe('the TLS towards a host outside the mesh', () => {
  test('asks for the called host by default, with the authorities of the system', () => {
    expect(policy(`${plain}, tls: {}`)).toEqual({
      hostname: 'api.bank.example',
      subjectAltNames: [{ type: 'Hostname', hostname: 'api.bank.example' }],
      wellKnownCACertificates: 'System',
    });
  });

  test('has the server name, the names of the certificate and the authorities of the spec', () => {
    const tls =
      '{sni: front.example, subjectAltNames: ["*.bank.example", "spiffe://bank/api"], ca: {secret: shop/bank-ca}}';
    expect(policy(`${plain}, tls: ${tls}`)).toEqual({
      hostname: 'front.example',
      subjectAltNames: [
        { type: 'Hostname', hostname: '*.bank.example' },
        { type: 'URI', uri: 'spiffe://bank/api' },
      ],
      caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'bank-ca' }],
    });
  });

  test('names each of several hosts, in objects of their own', () => {
    const all = written('hosts: [api.bank.example, loans.bank.example], ports: {http: {port: 80}}, tls: {}');
    const ofKind = (kind: string) => all.filter((one) => one.kind === kind);
    expect(ofKind('ServiceEntry').map(({ spec }) => spec['hosts'])).toEqual([
      ['api.bank.example'],
      ['loans.bank.example'],
    ]);
    expect(
      ofKind('BackendTLSPolicy').map(({ metadata, spec }) => [metadata.name, spec['validation']]),
    ).toMatchObject([
      ['bank', { hostname: 'api.bank.example' }],
      ['bank.loans.bank.example', { hostname: 'loans.bank.example' }],
    ]);
  });

  test.each([
    ['a certificate of the client', '{clientCertificate: {secret: own}}', /no certificate of the client/],
    ['a file of the proxy', '{ca: {file: /etc/ca.pem}}', /not from a file/],
    ['an object of another namespace', '{ca: {secret: ops/ca}}', /its own namespace alone/],
    ['six names', '{subjectAltNames: [a.b, b.b, c.b, d.b, e.b, f.b]}', /5 names/],
    ['a name that is neither host nor URI', '{subjectAltNames: ["CN=bank"]}', /DNS names and URIs/],
  ])('that has %s is lost by name, and the host is not called without it', (_, tls, reason) => {
    const external = `${plain}, tls: ${tls}`;
    expect(lost(external)).toEqual([expect.stringMatching(reason)]);
    expect(lost(external)[0]).toMatch(/^external\.tls: /);
    expect(written(external)).toEqual([]);
  });
});

describe('a host outside the mesh', () => {
  test('is written with routes of its own and their timeout, for Istio', () => {
    expect(lost(plain)).toEqual([]);
    const [entry, route] = written(`${plain}, timeout: 3s`);
    expect(entry).toMatchObject({ kind: 'ServiceEntry', spec: { resolution: 'DNS' } });
    expect(route).toMatchObject({
      kind: 'HTTPRoute',
      spec: {
        parentRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'bank', port: 443 }],
        rules: [
          { backendRefs: [{ kind: 'Hostname', name: 'api.bank.example' }], timeouts: { request: '3s' } },
        ],
      },
    });
  });

  test.each([
    ['callers', `${plain}, from: [{service: web}]`, /`from` would be lost/],
    ['a pattern', 'hosts: ["*.bank.example"], ports: {http: {port: 80}}', /not by a pattern/],
    [
      'TLS of the application',
      'hosts: [a.example], ports: {tls: {port: 443}}',
      /by the Host of requests alone/,
    ],
  ])('with %s is lost by name', (_, external, reason) => {
    expect(lost(external)).toEqual([expect.stringMatching(reason)]);
    expect(written(external)).toEqual([]);
  });

  test.each([{}, { implementation: 'cilium' }, { implementation: 'linkerd' }])(
    'is not written for %o',
    (options) => {
      expect(written(`${plain}, tls: {}`, options)).toEqual([]);
      expect(capabilitiesOf(options)).toMatchObject({
        'external.hosts': { none: expect.anything() as string },
        'external.tls': { none: expect.anything() as string },
      });
    },
  );
});
