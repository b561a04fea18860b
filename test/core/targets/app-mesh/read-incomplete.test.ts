import { describe, expect, test } from 'vitest';
import { checkWritten, importTexts } from '../../import/import-case.ts';

function object(kind: string, name: string, spec: string): string {
  return `---\napiVersion: appmesh.k8s.aws/v1beta2\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\nspec: ${spec}\n`;
}

const node = (name: string, more: string): string =>
  object('VirtualNode', name, `{listeners: [{portMapping: {port: 80, protocol: http}}], ${more}}`);
const service = (name: string, provider: string): string =>
  object('VirtualService', name, `{awsName: ${name}.shop, provider: ${provider}}`);
const target = (name: string): string => `{virtualNodeRef: {name: ${name}}, weight: 1}`;
const route = `{name: all, httpRoute: {match: {prefix: /}, action: {weightedTargets: [${target('v1')}]}}}`;

/** Imports objects, and returns the names of the services and the findings; the mesh is valid. */
async function imported(...objects: readonly string[]) {
  const result = await importTexts('app-mesh', { 'a.yaml': objects.join('') });
  const { errors, ir } = checkWritten(result);
  expect(errors).toEqual([]);
  return {
    services: Object.keys(ir?.services ?? {}),
    externals: Object.keys(ir?.externals ?? {}),
    found: result.diagnostics.map(({ code, message }) => `${code} ${message}`),
  };
}

describe('files of App Mesh that lack parts', () => {
  test('a host that is a variable which nobody has filled in leaves the service the name of its node', async () => {
    const { services, found } = await imported(
      node('books', 'podSelector: {matchLabels: {app: books}}, serviceDiscovery: {dns: {hostname: $LB_URL}}'),
    );
    expect(services).toEqual(['shop/books']);
    expect(found.filter((one) => one.includes('hostname'))).toEqual([
      'MESH7005 spec.serviceDiscovery.dns.hostname of VirtualNode shop/books is lost: it is no DNS name, so the pods are those of a Service with the name of the node',
    ]);
  });

  test('a router without listeners whose nodes are not there leads from a guessed service', async () => {
    const { services, found } = await imported(
      object('VirtualRouter', 'books', `{routes: [${route}]}`),
      service('books', '{virtualRouter: {virtualRouterRef: {name: books}}}'),
    );
    expect(services).toEqual(['shop/books', 'shop/v1']);
    expect(found.filter((one) => one.startsWith('MESH7007'))).toHaveLength(2);
  });

  test('a backend whose node is not there is a guessed service', async () => {
    const { services } = await imported(
      node(
        'web',
        'backends: [{virtualService: {virtualServiceRef: {name: books}}}], serviceDiscovery: {dns: {hostname: web.shop.svc.cluster.local}}',
      ),
      service('books', '{virtualNode: {virtualNodeRef: {name: books}}}'),
    );
    expect(services).toEqual(['shop/books', 'shop/web']);
  });

  test('a listener without a port is lost as a whole', async () => {
    const { found } = await imported(
      object(
        'VirtualNode',
        'books',
        '{listeners: [{portMapping: {protocol: http}, tls: {mode: STRICT}}], serviceDiscovery: {dns: {hostname: books.shop.svc.cluster.local}}}',
      ),
    );
    expect(found.filter((one) => one.startsWith('MESH7000'))).toEqual([]);
    expect(found.filter((one) => one.includes('listeners[0]'))).toEqual([
      'MESH7005 spec.listeners[0] of VirtualNode shop/books is lost: App Mesh refuses a listener without a port',
    ]);
  });
});
