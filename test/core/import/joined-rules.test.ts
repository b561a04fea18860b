import { expect, test } from 'vitest';
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
