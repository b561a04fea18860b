import { expect, test } from 'vitest';
import { importTexts } from '../../import/import-case.ts';

const services = ['books', 'web', 'stock']
  .map(
    (name) =>
      `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop}, spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}}\n---\n`,
  )
  .join('');

async function imported(native: string) {
  const { files, diagnostics } = await importTexts('istio', { 'mesh.yaml': services + native });
  return { text: files.map((one) => one.text).join('---\n'), codes: diagnostics.map(({ code }) => code) };
}

function sidecar(egress: string, more = ''): string {
  return `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: web, namespace: shop}
spec: {workloadSelector: {labels: {app: web}}, egress: ${egress}${more}}
`;
}

// sidecar.proto: a proxy knows the services of its hosts alone.
test('hosts of a Sidecar are the calls of the service that it selects', async () => {
  const { text } = await imported(
    sidecar('[{hosts: [shop/books.shop.svc.cluster.local, ./stock.shop.svc.cluster.local]}]'),
  );
  expect(text.match(/calls:.*/g)).toEqual(['calls: [shop/books, shop/stock]']);
});

test('a Sidecar without hosts calls nobody', async () => {
  const { text } = await imported(sidecar('[{hosts: ["~/*"]}]'));
  expect(text).toContain('calls: []');
});

test.each([
  ['all services of a namespace', '[{hosts: ["shop/*"]}]'],
  ['a host that nobody has', '[{hosts: [shop/other.shop.svc.cluster.local]}]'],
  [
    'one port alone',
    '[{port: {number: 80, protocol: HTTP, name: http}, hosts: [shop/books.shop.svc.cluster.local]}]',
  ],
])('a list with %s is no list of calls, and lost', async (_what, egress) => {
  const { text, codes } = await imported(sidecar(egress));
  expect(text).not.toContain('calls:');
  expect(codes).toContain('MESH7005');
});

test('another egress than that of the mesh is more open', async () => {
  const own = sidecar('[{hosts: ["~/*"]}]', ', outboundTrafficPolicy: {mode: REGISTRY_ONLY}');
  expect((await imported(own)).codes).toContain('MESH7003');
});

const routed = (rules: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: books, namespace: shop}
spec: {hosts: [books], http: [${rules}]}
`;
const to = 'route: [{destination: {host: books}}]';

test('a Route has the name that all of its rules give', async () => {
  const named = routed(`{name: shelf/first, match: [{uri: {prefix: /a}}], ${to}}, {name: shelf/2, ${to}}`);
  expect((await imported(named)).text).toMatch(/kind: Route\nmetadata: \{name: shelf, namespace: shop\}/);
  const mixed = routed(`{name: shelf/first, match: [{uri: {prefix: /a}}], ${to}}, {name: other/2, ${to}}`);
  expect((await imported(mixed)).text).toMatch(/kind: Route\nmetadata: \{name: books, namespace: shop\}/);
});

test('two Routes never share a name', async () => {
  const two = `${routed(`{name: same/1, ${to}}`)}---\n${routed(`{name: same/1, route: [{destination: {host: web}}]}`).replaceAll('books', 'stock')}`;
  const { text } = await imported(two);
  expect(text.match(/kind: Route\nmetadata: .*/g)).toHaveLength(2);
  expect(text).not.toContain('name: same');
});
