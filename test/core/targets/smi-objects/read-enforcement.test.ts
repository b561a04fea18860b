import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';
import { nativeService } from '../../import/native-service.ts';

const split = `
apiVersion: split.smi-spec.io/v1alpha2
kind: TrafficSplit
metadata: {name: books, namespace: shop}
spec: {service: books, backends: [{service: books, weight: 1}]}
---
`;
const target = `
apiVersion: specs.smi-spec.io/v1alpha4
kind: TCPRoute
metadata: {name: all, namespace: shop}
spec: {matches: {ports: []}}
---
apiVersion: access.smi-spec.io/v1alpha3
kind: TrafficTarget
metadata: {name: web, namespace: shop}
spec:
  destination: {kind: ServiceAccount, name: books, namespace: shop}
  rules: [{kind: TCPRoute, name: all}]
  sources: [{kind: ServiceAccount, name: web, namespace: shop}]
---
`;
const services = nativeService('books') + nativeService('web') + nativeService('other');

function osm(traffic: string): string {
  return `
apiVersion: config.openservicemesh.io/v1alpha2
kind: MeshConfig
metadata: {name: osm-mesh-config, namespace: osm-system}
spec: {traffic: {${traffic}}, sidecar: {logLevel: error}}
---
`;
}

function nginx(spec: string): string {
  return `
apiVersion: nsm.nginx.com/v1alpha2
kind: MeshConfig
metadata: {name: nginx-mesh-config, namespace: nginx-mesh}
spec: {${spec}}
---
`;
}

/** Outcomes of calls of the allowed and of another account, and true if the import warns of an assumption. */
async function asked(platform: string, native: string) {
  const { outcome, codes } = await askedImport(platform, services + native);
  return [
    outcome({ from: 'shop/web', to: 'shop/books' }),
    outcome({ from: 'shop/other', to: 'shop/books' }),
    codes.includes('MESH7030'),
  ];
}

test.each(['osm', 'smi', 'traefik-mesh', 'nginx-service-mesh'])(
  '%s without the settings of its mesh is taken to refuse calls, with a warning',
  async (platform) => {
    expect(await asked(platform, split)).toEqual(['refused', 'refused', true]);
    expect(await asked(platform, split + target)).toEqual(['forwarded', 'refused', true]);
  },
);

// "true: TrafficTargets are not enforced at all; false: every call needs one" (MeshConfig of Open Service Mesh).
test('the MeshConfig of Open Service Mesh says if TrafficTargets are enforced', async () => {
  const closed = osm('enablePermissiveTrafficPolicyMode: false');
  const open = osm('enablePermissiveTrafficPolicyMode: true');
  expect(await asked('osm', closed + split)).toEqual(['refused', 'refused', false]);
  expect(await asked('osm', osm('enableEgress: false') + split)).toEqual(['refused', 'refused', false]);
  expect(await asked('osm', closed + target)).toEqual(['forwarded', 'refused', false]);
  expect(await asked('osm', open + target)).toEqual(['forwarded', 'forwarded', false]);
});

test('the MeshConfig of Open Service Mesh says if calls leave the mesh', async () => {
  const call = { from: 'shop/web', host: 'pay.example' };
  const open = await askedImport('osm', services + osm('enableEgress: true'));
  expect(open.outcome(call)).toBe('forwarded');
  const closed = await askedImport('osm', services + osm('enableEgress: false'));
  expect(closed.outcome(call)).not.toBe('forwarded');
});

test('an external authorizer of Open Service Mesh is an error', async () => {
  const native = osm('inboundExternalAuthorization: {enable: true, address: a, port: 1}');
  expect((await askedImport('osm', services + native)).codes).toContain('MESH7003');
});

// allow: a service that no TrafficTarget names is open; deny: it is closed.
test('the MeshConfig of NGINX Service Mesh says if TrafficTargets are enforced', async () => {
  expect(await asked('nginx-service-mesh', nginx('accessControlMode: deny') + split)).toEqual([
    'refused',
    'refused',
    false,
  ]);
  expect(await asked('nginx-service-mesh', nginx('accessControlMode: allow') + split)).toEqual([
    'forwarded',
    'forwarded',
    false,
  ]);
  expect(
    await asked('nginx-service-mesh', nginx('accessControlMode: allow, mtls: {mode: strict}') + target),
  ).toEqual(['forwarded', 'refused', false]);
});
