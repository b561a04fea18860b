import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';
import { importTexts } from '../../import/import-case.ts';

const services = ['books', 'web', 'stock']
  .map(
    (name) =>
      `{apiVersion: v1, kind: Service, metadata: {name: ${name}, namespace: shop}, spec: {selector: {app: ${name}}, ports: [{name: http, port: 80}]}}\n---\n`,
  )
  .join('');

function route(...rules: readonly string[]): string {
  return `${services}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: books, namespace: shop}
spec:
  parentRefs: [{group: "", kind: Service, name: books, port: 80}]
  rules:
${rules.map((rule) => `    - ${rule}`).join('\n')}
`;
}

const sent = (service: string): string => `backendRefs: [{name: ${service}, port: 80}]`;
const tester = 'headers: [{name: x-tester, value: "1"}]';
const below = '{path: {type: PathPrefix, value: /a}';

async function rulesOf(native: string): Promise<string> {
  const { files } = await importTexts('gateway-api', { 'mesh.yaml': native });
  const { text = '' } = files.find(({ file }) => file === 'shop/books.yaml') ?? {};
  return text.slice(text.indexOf('rules:'));
}

// A longer path goes before a header (HTTPRouteRule.matches), so the first rule names the path, too.
test('a match that only makes the rank of its rule is left out', async () => {
  const native = route(
    `{matches: [{${tester}}, ${below}, ${tester}}], ${sent('stock')}}`,
    `{matches: [${below}}], ${sent('web')}}`,
  );
  expect((await rulesOf(native)).match(/match:/g)).toHaveLength(2);
  const { decision } = await askedImport('gateway-api', native);
  const to = (path: string, headers: object): unknown =>
    decision({ from: 'shop/web', to: 'shop/books', path, headers });
  expect(to('/a', { 'x-tester': '1' })).toMatchObject({ backends: [{ service: 'shop/stock' }] });
  expect(to('/b', { 'x-tester': '1' })).toMatchObject({ backends: [{ service: 'shop/stock' }] });
  expect(to('/a', {})).toMatchObject({ backends: [{ service: 'shop/web' }] });
});

test('without such a match the longer path of the later rule goes first', async () => {
  const native = route(
    `{matches: [{${tester}}], ${sent('stock')}}`,
    `{matches: [${below}}], ${sent('web')}}`,
  );
  const { decision } = await askedImport('gateway-api', native);
  expect(
    decision({ from: 'shop/web', to: 'shop/books', path: '/a', headers: { 'x-tester': '1' } }),
  ).toMatchObject({ backends: [{ service: 'shop/web' }] });
});
