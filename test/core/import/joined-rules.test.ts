import { describe, expect, test } from 'vitest';
import { askedImport } from './asked-import.ts';
import { importTexts } from './import-case.ts';

const services = ['books', 'web']
  .map(
    (name) =>
      `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop}, spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}}\n---\n`,
  )
  .join('');

function routes(first: string, second: string): string {
  return `${services}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: books, namespace: shop}
spec:
  hosts: [books]
  http:
    - ${first}
    - ${second}
`;
}

const to = 'route: [{destination: {host: books}}], timeout: 5s';
const tried = `{match: [{uri: {prefix: /a}, method: {regex: "GET|PUT"}}], ${to}, retries: {attempts: 2, retryOn: "5xx"}}`;
const once = `{match: [{uri: {prefix: /a}}], ${to}, retries: {attempts: 0}}`;

async function rulesOf(native: string): Promise<string> {
  const { files } = await importTexts('istio', { 'mesh.yaml': native });
  const { text = '' } = files.find(({ file }) => file === 'shop/books.yaml') ?? {};
  return text.slice(text.indexOf('rules:'));
}

test('two rules that tell methods with retries apart become one, with the same tries', async () => {
  const native = routes(tried, once);
  expect((await rulesOf(native)).match(/path:/g)).toHaveLength(1);
  const { decision } = await askedImport('istio', native);
  const tries = (method: string): unknown =>
    decision({ from: 'shop/web', to: 'shop/books', path: '/a', method });
  expect(tries('GET')).toMatchObject({ tries: 3, timeout: 5000 });
  expect(tries('PUT')).toMatchObject({ tries: 3 });
  expect(tries('POST')).toMatchObject({ tries: 1, timeout: 5000 });
  expect(tries('DELETE')).toMatchObject({ tries: 1 });
});

test.each([
  ['another time', once.replace('5s', '6s')],
  ['another path', once.replace('/a', '/b')],
  ['tries of its own', once.replace('attempts: 0', 'attempts: 1')],
  ['another service', once.replace('host: books', 'host: web')],
])('a second rule with %s stays a rule of its own', async (_name, second) => {
  expect((await rulesOf(routes(tried, second))).match(/path:/g)).toHaveLength(2);
});

describe('rules for requests without a header and for those with another value of it', () => {
  // App Mesh runs Envoy, whose inverted condition on a value takes no request without the header.
  const route = (name: string, header: string, more = '') =>
    `{name: ${name}, ${more}httpRoute: {match: {prefix: /, headers: [${header}]}, action: {weightedTargets: [{virtualNodeRef: {name: books}, weight: 1}]}}}`;
  const absent = '{name: x-user, invert: true}';
  const other = '{name: x-user, invert: true, match: {exact: a}}';
  const native = (...rules: readonly string[]) => `${services}
apiVersion: appmesh.k8s.aws/v1beta2
kind: Mesh
metadata: {name: shop}
spec: {egressFilter: {type: ALLOW_ALL}}
---
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualNode
metadata: {name: books, namespace: shop}
spec:
  podSelector: {matchLabels: {app: books}}
  listeners: [{portMapping: {port: 80, protocol: http}}]
  serviceDiscovery: {dns: {hostname: books.shop.svc.cluster.local}}
---
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualRouter
metadata: {name: books, namespace: shop}
spec: {listeners: [{portMapping: {port: 80, protocol: http}}], routes: [${rules.join(', ')}]}
---
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualService
metadata: {name: books, namespace: shop}
spec: {provider: {virtualRouter: {virtualRouterRef: {name: books}}}}
`;
  const outcomes = async (text: string) => {
    const { outcome } = await askedImport('app-mesh', text);
    const of = (headers: Readonly<Record<string, string>>) =>
      outcome({ from: 'shop/web', to: 'shop/books', headers });
    return [of({}), of({ 'x-user': 'a' }), of({ 'x-user': 'b' })];
  };
  const rulesIn = async (text: string): Promise<string> => {
    const { files } = await importTexts('app-mesh', { 'mesh.yaml': text });
    const written = files.find(({ file }) => file === 'shop/books.yaml')?.text ?? '';
    return written.slice(written.indexOf('rules:'));
  };

  test('become one, which means the same', async () => {
    const text = native(route('one', absent, 'priority: 1, '), route('two', other, 'priority: 2, '));
    expect(await outcomes(text)).toEqual(['forwarded', 'unroutable', 'forwarded']);
    expect((await rulesIn(text)).match(/match:/g)).toHaveLength(1);
  });

  test('stay two if they are about other headers', async () => {
    const far = other.replace('x-user', 'x-other');
    const text = native(route('one', absent, 'priority: 1, '), route('two', far, 'priority: 2, '));
    expect((await rulesIn(text)).match(/match:/g)).toHaveLength(2);
  });

  test('take no request without the header if the first one is missing', async () => {
    expect(await outcomes(native(route('two', other)))).toEqual(['unroutable', 'unroutable', 'forwarded']);
  });
});
