import { expect, test } from 'vitest';
import { type AskedImport, askedImport } from '../../import/asked-import.ts';
import { importTexts } from '../../import/import-case.ts';

/** A namespace with its default policy, and two services with a pod each; callers are services, too. */
function apps(policy: string | undefined, pods = ''): string {
  const annotations =
    policy === undefined ? '' : `, annotations: {config.linkerd.io/default-inbound-policy: ${policy}}`;
  const service = (name: string, own: string): string => `
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {template: {metadata: {labels: {app: ${name}}${own}}, spec: {serviceAccountName: ${name}}}}
`;
  return `apiVersion: v1
kind: Namespace
metadata: {name: shop${annotations}}
${service('books', pods)}${service('web', '')}${service('spy', '')}`;
}

function object(kind: string, name: string, spec: string, version = 'v1alpha1'): string {
  return `---
apiVersion: policy.linkerd.io/${version}
kind: ${kind}
metadata: {name: ${name}, namespace: shop}
spec: ${spec}
`;
}

function server(more = ''): string {
  return object(
    'Server',
    'books',
    `{podSelector: {matchLabels: {app: books}}, port: 8080, proxyProtocol: HTTP/1${more}}`,
    'v1beta3',
  );
}

function policy(target: string, refs: string, name = `for-${target.toLowerCase()}`): string {
  const [kind = '', own = ''] = target.split('/');
  return object(
    'AuthorizationPolicy',
    name.replace('/', '-'),
    `{targetRef: {group: policy.linkerd.io, kind: ${kind}, name: ${own}}, requiredAuthenticationRefs: [${refs}]}`,
  );
}

function route(name: string, matches: string): string {
  return object(
    'HTTPRoute',
    name,
    `{parentRefs: [{group: policy.linkerd.io, kind: Server, name: books}], rules: [{matches: [${matches}]}]}`,
    'v1beta3',
  );
}

const web = '{kind: ServiceAccount, name: web}';
const spy = '{kind: ServiceAccount, name: spy}';

function calls({ outcome }: AskedImport, from: string | undefined, path = '/', method = 'GET'): string {
  return outcome({ ...(from === undefined ? {} : { from }), to: 'shop/books', path, method });
}

test.each([
  ['all-unauthenticated', 'forwarded', 'forwarded'],
  ['all-authenticated', 'forwarded', 'refused'],
  ['audit', 'forwarded', 'forwarded'],
  ['deny', 'refused', 'refused'],
])('a port without a Server has the policy %s of its namespace', async (word, known, unknown) => {
  const read = await askedImport('linkerd', apps(word));
  expect(calls(read, 'shop/web')).toBe(known);
  expect(calls(read, undefined)).toBe(unknown);
  expect(read.codes).not.toContain('MESH7010');
});

test('a namespace without a policy is open with a warning, not in silence', async () => {
  const read = await askedImport('linkerd', apps(undefined));
  expect(calls(read, undefined)).toBe('forwarded');
  expect(read.codes).toContain('MESH7010');
});

test.each(['cluster-authenticated', 'cluster-unauthenticated'])(
  'the policy %s is an error: networks have no word in the language, and nobody without an identity gets in',
  async (word) => {
    const read = await askedImport('linkerd', apps(word));
    expect(read.codes).toContain('MESH7003');
    expect(calls(read, undefined)).toBe('refused');
  },
);

test('a policy of pods wins over that of their namespace', async () => {
  const own = ', annotations: {config.linkerd.io/default-inbound-policy: deny}';
  const native = apps('all-unauthenticated', own);
  expect(calls(await askedImport('linkerd', native), 'shop/web')).toBe('refused');
});

test('a Server without a policy closes its port, also where the namespace is open', async () => {
  const read = await askedImport('linkerd', apps('all-unauthenticated') + server());
  expect(calls(read, 'shop/web')).toBe('refused');
});

test('a Server with an empty list of authentications lets everybody in', async () => {
  const read = await askedImport('linkerd', apps('deny') + server() + policy('Server/books', ''));
  expect(calls(read, undefined)).toBe('forwarded');
});

test('a policy that refers to nothing lets nobody in', async () => {
  const gone = '{group: policy.linkerd.io, kind: MeshTLSAuthentication, name: gone}';
  const read = await askedImport('linkerd', apps('deny') + server() + policy('Server/books', gone));
  expect(calls(read, 'shop/web')).toBe('refused');
});

test('all authentications of a policy have to hold: a network of some addresses lets nobody in', async () => {
  const near = object('NetworkAuthentication', 'near', '{networks: [{cidr: 10.0.0.0/8}]}');
  const refs = `${web}, {group: policy.linkerd.io, kind: NetworkAuthentication, name: near}`;
  const read = await askedImport('linkerd', apps('deny') + server() + near + policy('Server/books', refs));
  expect(calls(read, 'shop/web')).toBe('refused');
  expect(read.codes).toContain('MESH7004');
});

test('a policy of the namespace lets callers in at every Server', async () => {
  const read = await askedImport('linkerd', apps('deny') + server() + policy('Namespace/shop', web));
  expect(calls(read, 'shop/web')).toBe('forwarded');
  expect(calls(read, 'shop/spy')).toBe('refused');
});

test('a request is decided by the most specific match, whatever the order of the routes', async () => {
  const native =
    apps('deny') +
    server() +
    route('narrow', '{path: {value: /admin}}') +
    route('wide', '{path: {value: /}}') +
    policy('HTTPRoute/wide', web) +
    policy('HTTPRoute/narrow', spy);
  const read = await askedImport('linkerd', native);
  expect([calls(read, 'shop/web', '/list'), calls(read, 'shop/web', '/admin/x')]).toEqual([
    'forwarded',
    'refused',
  ]);
  expect([calls(read, 'shop/spy', '/list'), calls(read, 'shop/spy', '/admin/x')]).toEqual([
    'refused',
    'forwarded',
  ]);
});

test('a method makes a match more specific than the same path alone', async () => {
  const native =
    apps('deny') +
    server() +
    route('all', '{path: {value: /}}') +
    route('posts', '{path: {value: /}, method: POST}') +
    policy('HTTPRoute/all', web);
  const read = await askedImport('linkerd', native);
  expect(calls(read, 'shop/web', '/', 'GET')).toBe('forwarded');
  expect(calls(read, 'shop/web', '/', 'POST')).toBe('refused');
});

test('a request that no route of a Server takes is refused, also to callers of the Server', async () => {
  const native =
    apps('deny') + server() + route('only', '{path: {value: /api}}') + policy('Server/books', web);
  const read = await askedImport('linkerd', native);
  expect(calls(read, 'shop/web', '/api/1')).toBe('forwarded');
  expect(calls(read, 'shop/web', '/other')).toBe('refused');
});

test('a condition that Access cannot say lets nobody in, and takes its requests from wider matches', async () => {
  const native =
    apps('deny') +
    server() +
    route('wide', '{path: {value: /}}') +
    route('asked', '{path: {value: /q}, queryParams: [{name: a, value: b}]}') +
    policy('HTTPRoute/wide', web);
  const read = await askedImport('linkerd', native);
  expect(calls(read, 'shop/web', '/q')).toBe('refused');
  expect(calls(read, 'shop/web', '/')).toBe('forwarded');
  expect(read.codes).toContain('MESH7004');
});

test('Servers for different pods of a service let in whom both let in', async () => {
  const pods = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: books-2, namespace: shop}
spec: {template: {metadata: {labels: {app: books, part: b}}, spec: {serviceAccountName: books}}}
`;
  const second = object(
    'Server',
    'second',
    '{podSelector: {matchLabels: {part: b}}, port: 8080, accessPolicy: all-unauthenticated}',
    'v1beta3',
  );
  const first = object(
    'Server',
    'books',
    '{podSelector: {matchExpressions: [{key: part, operator: DoesNotExist}, {key: app, operator: In, values: [books]}]}, port: 8080}',
    'v1beta3',
  );
  const read = await askedImport(
    'linkerd',
    apps('deny') + pods + first + second + policy('Server/books', web),
  );
  expect(calls(read, 'shop/web')).toBe('forwarded');
  expect(calls(read, 'shop/spy')).toBe('refused');
  expect(read.codes).toContain('MESH7004');
});

test('a port that skips the proxy is open, whatever its Server says', async () => {
  const own = ', annotations: {config.linkerd.io/skip-inbound-ports: "8000-8090"}';
  const read = await askedImport('linkerd', apps('deny', own) + server());
  expect(calls(read, undefined)).toBe('forwarded');
});

test('an identity of another trust domain is no caller of this mesh', async () => {
  const identities = object(
    'MeshTLSAuthentication',
    'some',
    '{identities: ["web.shop.serviceaccount.identity.linkerd.cluster.local", "spy.shop.serviceaccount.identity.linkerd.other.example"]}',
  );
  const ref = '{group: policy.linkerd.io, kind: MeshTLSAuthentication, name: some}';
  const read = await askedImport(
    'linkerd',
    apps('deny') + server() + identities + policy('Server/books', ref),
  );
  expect(calls(read, 'shop/web')).toBe('forwarded');
  expect(calls(read, 'shop/spy')).toBe('refused');
  expect(read.codes).toContain('MESH7004');
});

test('a TLSRoute of a Service holds for its server names alone', async () => {
  const { files } = await importTexts('linkerd', {
    'mesh.yaml': `apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{name: tls, port: 443}]}
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TLSRoute
metadata: {name: db, namespace: shop}
spec:
  parentRefs: [{group: "", kind: Service, name: db, port: 443}]
  hostnames: [db.example]
  rules: [{backendRefs: [{name: nobody.here, port: 443}]}]
`,
  });
  const text = files.find(({ file }) => file === 'shop/db.yaml')?.text;
  // A backend that no cluster can have closes the connections.
  expect(text).toContain('rules: [{match: [{sni: [db.example]}], backends: [{weight: 0}]}]');
});
