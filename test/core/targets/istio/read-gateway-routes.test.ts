import { describe, expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';
import { importTexts } from '../../import/import-case.ts';

const gateway = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
    - {port: {number: 80, name: web, protocol: HTTP}, hosts: ["./*"]}
    - {port: {number: 80, name: pages, protocol: HTTP}, hosts: ["./*.pages.example"]}
    - {port: {number: 6379, name: line, protocol: TCP}, hosts: ["./*"]}
`;

/** Returns the VirtualService of a host at the gateway, with one rule. */
function served(host: string, status: number, route = 'home'): string {
  return `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${host.replaceAll(/[^a-z]/g, 'x')}, namespace: shop}
spec:
  hosts: ["${host}"]
  gateways: [gw]
  http: [{name: ${route}/1, match: [{port: 80}], directResponse: {status: ${String(status)}}}]
`;
}

async function routes(...services: readonly string[]): Promise<readonly string[]> {
  const { files } = await importTexts('istio', { 'mesh.yaml': gateway + services.join('') });
  return files.flatMap(({ text }) => text.split('\n---\n')).filter((text) => text.includes('kind: Route'));
}

describe('objects for the hosts of a listener that say the same', () => {
  test('are one Route for every host, which asks for no port of the only ones with requests', async () => {
    const [route, ...others] = await routes(served('*', 418), served('*.pages.example', 418));
    expect(others).toEqual([]);
    expect(route).not.toMatch(/hostnames|port:/);
  });

  test.each([
    ['other rules', [served('*', 418), served('*.pages.example', 419)], 419],
    ['another name', [served('*', 418), served('*.pages.example', 418, 'pages')], 418],
    [
      'another Route for hosts around theirs',
      [served('*', 418), served('*.example', 419, 'wide'), served('*.pages.example', 418)],
      418,
    ],
  ])('keep their hosts with %s', async (_what, services, expected) => {
    expect((await routes(...services)).join('')).toContain('*.pages.example');
    const { decision } = await askedImport('istio', gateway + services.join(''));
    const status = (host: string) => decision({ gateway: 'shop/gw', port: 'web', host });
    expect(status('a.other')).toMatchObject({ status: 418 });
    expect(status('a.pages.example')).toMatchObject({ status: expected });
  });
});
