import { expect, test } from 'vitest';
import { askedImport } from './asked-import.ts';

// Meanings that converters between meshes lose most often, each asked by the meaning of the written mesh. Further traps have tests
// beside their readers: waypoints that are missing (istio/read-ambient), expressions that match a part of a value
// (smi-objects/read-patterns), wildcard intentions (consul/read-access).

function service(name: string, ports = '{name: http, port: 80, appProtocol: http}'): string {
  return `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [${ports}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: ${name}}}}
---
`;
}

const services = service('books') + service('web');
const call = (more: Readonly<Record<string, unknown>> = {}) => ({
  from: 'shop/web',
  to: 'shop/books',
  ...more,
});

function object(apiVersion: string, kind: string, name: string, spec: string, namespace = 'shop'): string {
  return `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: ${name}, namespace: ${namespace}}, spec: ${spec}}\n---\n`;
}

const virtualService = (http: string): string =>
  object('networking.istio.io/v1', 'VirtualService', 'books', `{hosts: [books], http: [${http}]}`);
const route = 'route: [{destination: {host: books}}]';

test('a split to a subset without a rule goes to no instance, and not to the whole service', async () => {
  const split =
    '{route: [{destination: {host: books, subset: v8}, weight: 90}, {destination: {host: books, subset: v9}, weight: 10}]}';
  const { decision, codes } = await askedImport('istio', services + virtualService(split));
  const found = decision(call());
  expect('backends' in found && found.backends.map(({ version, share }) => [version, share])).toEqual([
    ['v8', 0.9],
    ['v9', 0.1],
  ]);
  expect(codes).toContain('MESH7006');
});

test.each([
  ['mirrorPercentage: {value: 5}, ', 0.05],
  ['', 1],
])('a mirror keeps its share (%#)', async (percentage, expected) => {
  const http = `{mirror: {host: web}, ${percentage}${route}}`;
  const { decision } = await askedImport('istio', services + virtualService(http));
  expect(decision(call())).toMatchObject({ mirrors: [{ service: 'shop/web', share: expected }] });
});

test('a prefix of Istio is one of characters, a prefix of Kuma one of path elements', async () => {
  const istio = virtualService('{match: [{uri: {prefix: /api}}], directResponse: {status: 418}}');
  const ofIstio = await askedImport('istio', services + istio);
  expect(ofIstio.outcome(call({ path: '/apix' }))).toBe('responded');
  const mesh = '{apiVersion: kuma.io/v1alpha1, kind: Mesh, metadata: {name: default}}\n---\n';
  const spec =
    '{targetRef: {kind: Mesh}, to: [{targetRef: {kind: MeshService, name: books, namespace: shop}, rules: [{matches: [{path: {type: PathPrefix, value: /api}}], default: {filters: [{type: RequestRedirect, requestRedirect: {hostname: other.example}}]}}]}]}';
  const ofKuma = await askedImport(
    'kuma',
    services + mesh + object('kuma.io/v1alpha1', 'MeshHTTPRoute', 'r', spec),
  );
  expect(ofKuma.outcome(call({ path: '/api/x' }))).toBe('redirected');
  expect(ofKuma.outcome(call({ path: '/apix' }))).toBe('forwarded');
});

const policy = (spec: string): string =>
  object(
    'security.istio.io/v1',
    'AuthorizationPolicy',
    'books',
    `{selector: {matchLabels: {app: books}}, ${spec}}`,
  );

test('a rule about requests at a port of a stream lets nobody in, and a deny refuses everybody', async () => {
  const streams = service('books', '{name: tcp-data, port: 90}') + service('web');
  const paths = 'rules: [{to: [{operation: {paths: [/a]}}]}]';
  for (const action of ['ALLOW', 'DENY']) {
    const { outcome } = await askedImport('istio', streams + policy(`action: ${action}, ${paths}`));
    expect(outcome(call({ port: 90 })), action).toBe('refused');
  }
});

test('a mesh that lets everybody in stays so, and one that may or may not is taken to be closed, with a warning', async () => {
  expect((await askedImport('istio', services)).outcome(call())).toBe('forwarded');
  const entries = object('consul.hashicorp.com/v1alpha1', 'ServiceDefaults', 'books', '{protocol: http}');
  const { outcome, codes } = await askedImport('consul', services + entries);
  expect(outcome(call())).toBe('refused');
  expect(codes).toContain('MESH7030');
});

test('weights that do not add up to 100 are parts of their sum, as far as the mesh takes them', async () => {
  const ofIstio = virtualService(
    '{route: [{destination: {host: books}, weight: 30}, {destination: {host: web}, weight: 10}]}',
  );
  const { decision } = await askedImport('istio', services + ofIstio);
  expect(decision(call())).toMatchObject({ backends: [{ share: 0.75 }, { share: 0.25 }] });
  const consul = object(
    'consul.hashicorp.com/v1alpha1',
    'ServiceSplitter',
    'books',
    '{splits: [{weight: 30}, {weight: 10, service: web}]}',
  );
  expect((await askedImport('consul', services + consul)).codes).toContain('MESH7006');
});

test('names of headers ignore case, and their values do not', async () => {
  const http = '{match: [{headers: {X-User: {exact: Ann}}}], directResponse: {status: 418}}';
  const { outcome } = await askedImport('istio', services + virtualService(`${http}, {${route}}`));
  expect(outcome(call({ headers: { 'x-user': 'Ann' } }))).toBe('responded');
  expect(outcome(call({ headers: { 'x-user': 'ann' } }))).toBe('forwarded');
});

test.each([
  ['istio', '', 3],
  ['istio', virtualService(`{retries: {attempts: 0}, ${route}}`), 1],
  ['istio', virtualService(`{retries: {attempts: 4}, ${route}}`), 5],
])('tries of %s are those of the mesh where nobody says any (%#)', async (platform, native, tries) => {
  expect((await askedImport(platform, services + native)).decision(call())).toMatchObject({ tries });
});

// The user guide: a route without a policy is tried two times more.
test('App Mesh tries a route without a policy again', async () => {
  const node = (name: string, more = ''): string =>
    object(
      'appmesh.k8s.aws/v1beta2',
      'VirtualNode',
      name,
      `{podSelector: {matchLabels: {app: ${name}}}, listeners: [{portMapping: {port: 80, protocol: http}}], serviceDiscovery: {dns: {hostname: ${name}.shop.svc.cluster.local}}${more}}`,
    );
  const native =
    node('books') +
    node('web', ', backends: [{virtualService: {virtualServiceRef: {name: books}}}]') +
    object(
      'appmesh.k8s.aws/v1beta2',
      'VirtualService',
      'books',
      '{provider: {virtualRouter: {virtualRouterRef: {name: books}}}}',
    ) +
    object(
      'appmesh.k8s.aws/v1beta2',
      'VirtualRouter',
      'books',
      '{listeners: [{portMapping: {port: 80, protocol: http}}], routes: [{name: all, httpRoute: {match: {prefix: /}, action: {weightedTargets: [{virtualNodeRef: {name: books}, weight: 1}]}}}]}',
    );
  const { decision } = await askedImport('app-mesh', services + native);
  expect(decision(call())).toMatchObject({ tries: 3 });
  const off = native.replace(
    'httpRoute: {match',
    'httpRoute: {retryPolicy: {maxRetries: 0, perRetryTimeout: {unit: ms, value: 100}}, match',
  );
  expect((await askedImport('app-mesh', services + off)).decision(call())).toMatchObject({ tries: 1 });
});

test('a TrafficTarget without sources lets nobody in', async () => {
  const target = `{apiVersion: access.smi-spec.io/v1alpha3, kind: TrafficTarget, metadata: {name: t, namespace: shop}, spec: {destination: {kind: ServiceAccount, name: books, namespace: shop}, sources: []}}\n`;
  const { outcome } = await askedImport('smi', services + target);
  expect(outcome(call())).toBe('refused');
});

test.each([
  ['PERMISSIVE', 'forwarded'],
  ['STRICT', 'refused'],
])('callers without an identity are %s where the mode is such', async (mode, expected) => {
  const peers = object('security.istio.io/v1', 'PeerAuthentication', 'default', `{mtls: {mode: ${mode}}}`);
  expect((await askedImport('istio', services + peers)).outcome({ to: 'shop/books' })).toBe(expected);
});

test('requests that no permission of an intention fits go by the default policy, which is taken to refuse', async () => {
  const defaults = object('consul.hashicorp.com/v1alpha1', 'ServiceDefaults', 'books', '{protocol: http}');
  const intention = object(
    'consul.hashicorp.com/v1alpha1',
    'ServiceIntentions',
    'books',
    '{destination: {name: books}, sources: [{name: web, permissions: [{action: deny, http: {pathPrefix: /admin}}, {action: allow, http: {pathPrefix: /api}}]}]}',
  );
  const { outcome, codes } = await askedImport('consul', services + defaults + intention);
  expect(outcome(call({ path: '/api' }))).toBe('forwarded');
  expect(outcome(call({ path: '/other' }))).toBe('refused');
  expect(codes).toContain('MESH7030');
});

// Kuma sorts policies of one level by name, and the first name wins.
test('of two policies of Kuma on one level the first by name holds, and a more specific one before both', async () => {
  const timeout = (name: string, time: string, to = '{kind: Mesh}'): string =>
    object(
      'kuma.io/v1alpha1',
      'MeshTimeout',
      name,
      `{targetRef: {kind: Mesh}, to: [{targetRef: ${to}, default: {http: {requestTimeout: ${time}}}}]}`,
      'kuma-system',
    );
  const mesh = '{apiVersion: kuma.io/v1alpha1, kind: Mesh, metadata: {name: default}}\n---\n';
  const two = timeout('zzz', '9s') + timeout('aaa', '2s');
  const { decision } = await askedImport('kuma', services + mesh + two);
  expect(decision(call())).toMatchObject({ timeout: 2000 });
  const own = timeout('zzzz', '1s', '{kind: MeshService, name: books, namespace: shop}');
  expect((await askedImport('kuma', services + mesh + own + two)).decision(call())).toMatchObject({
    timeout: 1000,
  });
});
