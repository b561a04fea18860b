import { describe, expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';
import { nativeService } from '../../import/native-service.ts';

function node(name: string, more = ''): string {
  return `
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualNode
metadata: {name: ${name}, namespace: shop}
spec:
  podSelector: {matchLabels: {app: ${name}}}
  listeners: [{portMapping: {port: 80, protocol: http}${name === 'books' ? more : ''}}]
  serviceDiscovery: {dns: {hostname: ${name}.shop.svc.cluster.local}}
  ${name === 'web' ? 'backends: [{virtualService: {virtualServiceRef: {name: books}}}]' : ''}
---
`;
}

const books = `
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualService
metadata: {name: books, namespace: shop}
spec: {provider: {virtualNode: {virtualNodeRef: {name: books}}}}
---
`;

const mesh = `
apiVersion: appmesh.k8s.aws/v1beta2
kind: Mesh
metadata: {name: shop}
spec: {egressFilter: {type: DROP_ALL}}
---
`;

const nodes = ['books', 'web', 'evil'].map((name) => node(name)).join('');
const services = ['books', 'web', 'evil'].map((name) => nativeService(name)).join('');

test('a node without the backend does not call', async () => {
  const { outcome, codes } = await askedImport('app-mesh', mesh + services + nodes + books);
  expect(outcome({ from: 'shop/web', to: 'shop/books' })).toBe('forwarded');
  expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('refused');
  expect(codes).not.toContain('MESH7030');
});

// App Mesh knows callers by their nodes, the language by their accounts.
test('a node whose account pods without the backend have, too, is not let in', async () => {
  const shared = ['books', 'web', 'evil'].map((name) => nativeService(name, { account: 'default' })).join('');
  const { outcome, codes } = await askedImport('app-mesh', mesh + shared + nodes + books);
  expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test('without a Mesh the import says that it takes nodes to call their backends alone', async () => {
  const { codes } = await askedImport('app-mesh', services + nodes + books);
  expect(codes).toContain('MESH7030');
});

// A listener without `validation` asks for TLS, and for no certificate of its caller.
test('a strict listener that checks no certificate becomes narrower, and says so', async () => {
  const certificate = 'certificate: {file: {certificateChain: /c.pem, privateKey: /k.pem}}';
  const strict = node('books', `, tls: {mode: STRICT, ${certificate}}`);
  const all = mesh + services + strict + node('web') + books;
  const checked = all.replace(
    certificate,
    `${certificate}, validation: {trust: {file: {certificateChain: /ca.pem}}}`,
  );
  const narrower = async (native: string): Promise<number> =>
    (await askedImport('app-mesh', native)).codes.filter((code) => code === 'MESH7004').length;
  expect(await narrower(all)).toBe((await narrower(checked)) + 1);
});

describe('a listener that checks certificates and names no caller', () => {
  const tls = (trust: string, names = '') =>
    node(
      'books',
      `, tls: {mode: STRICT, certificate: {sds: {secretName: "spiffe://a.example/ns/shop/sa/books"}}, validation: {trust: ${trust}${names}}}`,
    );
  const all = (listener: string, type = 'DROP_ALL') =>
    mesh.replace('DROP_ALL', type) + services + listener + node('web') + node('evil') + books;
  const sds = '{sds: {secretName: "spiffe://a.example"}}';
  const file = '{file: {certificateChain: /ca.pem}}';

  test('lets in whoever has a certificate of the mesh, and says so', async () => {
    const { outcome, codes } = await askedImport('app-mesh', all(tls(sds)));
    const other = 'spiffe://a.example/ns/far/sa/stranger';
    expect(outcome({ from: other, to: 'shop/books' })).toBe('forwarded');
    expect(outcome({ from: 'shop/evil', to: 'shop/books' })).toBe('refused');
    expect(codes.filter((code) => code === 'MESH7025')).toHaveLength(1);
  });

  test('says so where every node may call every other, whatever the authority', async () => {
    for (const trust of [sds, file]) {
      const { codes } = await askedImport('app-mesh', all(tls(trust), 'ALLOW_ALL'));
      expect(codes.filter((code) => code === 'MESH7025')).toHaveLength(1);
    }
  });

  test('says nothing where callers have names, or only nodes with the backend get in', async () => {
    const named = ', subjectAlternativeNames: {match: {exact: ["spiffe://a.example/ns/shop/sa/web"]}}';
    for (const listener of [tls(sds, named), tls(file)]) {
      const { outcome, codes } = await askedImport('app-mesh', all(listener));
      expect(outcome({ from: 'spiffe://a.example/ns/far/sa/stranger', to: 'shop/books' })).toBe('refused');
      expect(codes).not.toContain('MESH7025');
    }
  });
});
