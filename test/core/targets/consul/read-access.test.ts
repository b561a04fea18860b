import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';
import { importTexts } from '../../import/import-case.ts';

const services = ['books', 'web', 'evil']
  .map(
    (name) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: ${name}, namespace: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: ${name}}}}
---
`,
  )
  .join('');

function intentions(destination: string, sources: string): string {
  return `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: {name: of-${destination === '*' ? 'all' : destination}, namespace: shop}
spec: {destination: {name: "${destination}"}, sources: [${sources}]}
---
`;
}

function object(kind: string, name: string, spec: string, namespace = 'shop'): string {
  return `{apiVersion: consul.hashicorp.com/v1alpha1, kind: ${kind}, metadata: {name: ${name}, namespace: ${namespace}}, spec: ${spec}}\n---\n`;
}

const http = object('ProxyDefaults', 'global', '{config: {protocol: http}}');
const open = '{name: "*", action: allow}';

// Precedence: exact destination before `*`, and below each an exact source before `*`.
test('an entry for all services that refuses a caller is an error where all others are let in', async () => {
  const all = intentions('*', `${open}, {name: evil, action: deny}`);
  expect((await askedImport('consul', services + all)).codes).toContain('MESH7003');
});

test('a caller without an entry at a service has that of all services', async () => {
  const native = services + intentions('*', open) + intentions('books', '{name: web, action: deny}');
  const { outcome } = await askedImport('consul', native);
  expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('forwarded');
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
});

test('an entry for all callers of a service replaces that of all services', async () => {
  const native = services + intentions('*', open) + intentions('books', '{name: "*", action: deny}');
  const { outcome } = await askedImport('consul', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
});

// ProxyDefaults give their protocol to each service without a ServiceDefaults of its own.
test('permissions hold at a service whose protocol only ProxyDefaults say', async () => {
  const plain = services.replaceAll('name: http, ', '');
  const permissions = '[{action: deny, http: {pathPrefix: /admin}}, {action: allow, http: {pathPrefix: /}}]';
  const native = plain + http + intentions('books', `{name: web, permissions: ${permissions}}`);
  const { outcome } = await askedImport('consul', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books', path: '/x' })).toBe('forwarded');
  expect(outcome({ from: 'shop/web', to: 'shop/books', path: '/admin' })).toBe('refused');
});

// agent/xds/rbac.go takes permissions as a deny where the service takes no HTTP, which is the default.
test.each([
  ['', 'MESH7030'],
  [object('ServiceDefaults', 'books', '{protocol: tcp}'), 'MESH7006'],
])('permissions let nobody in at a service that takes no HTTP (%#)', async (defaults, code) => {
  const entry = '{name: web, permissions: [{action: allow, http: {pathPrefix: /}}]}';
  const { outcome, codes } = await askedImport('consul', services + defaults + intentions('books', entry));
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('refused');
  expect(codes).toContain(code);
});

test('permissions about requests let nobody in at further ports of streams', async () => {
  const ports = services.replaceAll('{name: http, port: 80}', '{name: http, port: 80}, {name: db, port: 90}');
  const permissions = '[{action: deny, http: {pathPrefix: /admin}}, {action: allow, http: {pathPrefix: /}}]';
  const native = ports + http + intentions('books', `{name: web, permissions: ${permissions}}`);
  const { outcome } = await askedImport('consul', native);
  expect(outcome({ from: 'shop/web', to: 'shop/books', port: 80 })).toBe('forwarded');
  expect(outcome({ from: 'shop/web', to: 'shop/books', port: 90 })).toBe('refused');
});

test('an empty text of a permission is a condition that is left out', async () => {
  const entry = '{name: web, permissions: [{action: allow, http: {pathExact: "", pathPrefix: /api}}]}';
  const { outcome } = await askedImport('consul', services + http + intentions('books', entry));
  expect(outcome({ from: 'shop/web', to: 'shop/books', path: '/api/x' })).toBe('forwarded');
  expect(outcome({ from: 'shop/web', to: 'shop/books', path: '/x' })).toBe('refused');
});

// ServiceIntentionsConfigEntry.normalize writes methods in capitals.
test('methods of permissions are those in capitals', async () => {
  const permissions =
    '[{action: deny, http: {methods: [delete], pathPrefix: /}}, {action: allow, http: {pathPrefix: /}}]';
  const entry = `{name: web, permissions: ${permissions}}`;
  const { outcome } = await askedImport('consul', services + http + intentions('books', entry));
  expect(outcome({ from: 'shop/web', to: 'shop/books', method: 'DELETE' })).toBe('refused');
  expect(outcome({ from: 'shop/web', to: 'shop/books', method: 'GET' })).toBe('forwarded');
});

// Consul knows callers by their services, the language by their accounts.
test('a caller whose account pods of other services have, too, is not let in', async () => {
  const shared = services.replaceAll(/serviceAccountName: \w+/g, 'serviceAccountName: default');
  const native = shared + intentions('books', '{name: web, action: allow}');
  const { outcome, codes } = await askedImport('consul', native);
  expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test('callers with one account get in if each of them may', async () => {
  const shared = services.replace('serviceAccountName: evil', 'serviceAccountName: web');
  const entries = '{name: web, action: allow}, {name: evil, action: allow}';
  const { outcome, codes } = await askedImport('consul', shared + intentions('books', entries));
  expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('forwarded');
  expect(codes).not.toContain('MESH7004');
});

test('an entry for all callers of another cluster opens nothing', async () => {
  const native = services + intentions('*', '{name: "*", peer: far, action: allow}');
  const { outcome, codes } = await askedImport('consul', native);
  expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test('services of one name in several namespaces are all closed by their intentions', async () => {
  const twin = services.replaceAll('namespace: shop', 'namespace: other');
  const entries = intentions('books', '{name: evil, action: deny}');
  const { outcome, codes } = await askedImport('consul', services + twin + intentions('*', open) + entries);
  expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('refused');
  expect(outcome({ from: 'other/evil', to: 'shop/books' })).toBe('refused');
  expect(outcome({ from: 'other/evil', to: 'other/books' })).toBe('refused');
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('forwarded');
  expect(codes).toContain('MESH7004');
});

test.each([
  ['GatewayPolicy', '{targetRef: {kind: Gateway, name: g}, default: {jwt: {providers: [{name: p}]}}}'],
  ['RouteAuthFilter', '{jwt: {providers: [{name: p}]}}'],
  ['ServiceDefaults', '{protocol: http, envoyExtensions: [{name: builtin/ext-authz, arguments: {}}]}'],
])('a %s that refuses requests is an error', async (kind, spec) => {
  const { codes } = await askedImport('consul', services + object(kind, 'books', spec));
  expect(codes).toContain('MESH7003');
});

// The discovery chain goes from a splitter to the resolver of the service, which sends on to another resolver.
test('a share for the service itself follows the redirect of its resolver, past the splitter there', async () => {
  const native =
    services +
    http +
    intentions('*', open) +
    object('ServiceSplitter', 'books', '{splits: [{weight: 100}]}') +
    object('ServiceResolver', 'books', '{redirect: {service: web}}') +
    object('ServiceSplitter', 'web', '{splits: [{weight: 100, service: evil}]}');
  const { decision } = await askedImport('consul', native);
  const found = decision({ from: 'shop/web', to: 'shop/books' });
  expect('backends' in found && found.backends.map(({ service }) => service)).toEqual(['shop/web']);
});

test('a subset that no resolver has is a version without pods, and says so', async () => {
  const native =
    services + http + object('ServiceSplitter', 'books', '{splits: [{weight: 100, serviceSubset: v9}]}');
  const { codes, decision } = await askedImport('consul', native + intentions('*', open));
  const found = decision({ from: 'shop/web', to: 'shop/books' });
  expect('backends' in found && found.backends.map(({ version }) => version)).toEqual(['v9']);
  expect(codes).toContain('MESH7006');
});

const none =
  '{limits: {maxConnections: 2147483647, maxPendingRequests: 2147483647, maxConcurrentRequests: 2147483647}, passiveHealthCheck: {enforcingConsecutive5xx: 0, maxEjectionPercent: 0}}';

function callers(overrides: readonly string[]): string {
  return ['books', 'web', 'evil']
    .map((name, index) =>
      object(
        'ServiceDefaults',
        name,
        `{protocol: http, upstreamConfig: {defaults: ${none}, overrides: [${overrides[index] ?? ''}]}}`,
      ),
    )
    .join('');
}

const limited =
  '{name: books, limits: {maxConnections: 7}, passiveHealthCheck: {maxFailures: 3, interval: 4s}}';

async function booksOf(native: string): Promise<string> {
  const { files } = await importTexts('consul', { 'mesh.yaml': native });
  return files.find(({ file }) => file === 'shop/books.yaml')?.text ?? '';
}

test('limits that all callers keep are those of the service, and of the mesh', async () => {
  const native = services + callers([limited, limited, limited]);
  const text = await booksOf(native);
  expect(text).toContain('maxConnections: 7');
  expect(text).toContain('consecutive5xx: 3');
  expect(text).toContain('interval: 4s');
  const { files } = await importTexts('consul', { 'mesh.yaml': native });
  // Nobody has the limits of Envoy itself.
  expect(files.find(({ file }) => file === 'mesh.yaml')?.text).not.toContain('1024');
});

test('limits on which callers differ are lost, with a warning', async () => {
  const native = services + callers([limited, limited.replace('7', '8'), limited]);
  expect(await booksOf(native)).not.toContain('maxConnections');
  expect((await askedImport('consul', native)).codes).toContain('MESH7005');
});

// `Service.ID == ""` is true of no instance, so that Consul answers calls to the subset with 503.
test('a route to a subset that no instance is in answers 503', async () => {
  const native =
    services +
    http +
    intentions('*', open) +
    object('ServiceResolver', 'books', '{subsets: {nobody: {filter: \'Service.ID == ""\'}}}') +
    object(
      'ServiceRouter',
      'books',
      '{routes: [{match: {http: {pathPrefix: /a}}, destination: {serviceSubset: nobody}}]}',
    );
  const { decision } = await askedImport('consul', native);
  expect(decision({ from: 'shop/web', to: 'shop/books', path: '/a' })).toMatchObject({ status: 503 });
  expect(decision({ from: 'shop/web', to: 'shop/books', path: '/b' }).outcome).toBe('forwarded');
});
