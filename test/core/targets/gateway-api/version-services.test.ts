import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import gatewayApi from '../../../../src/core/targets/gateway-api/index.ts';
import { linkedSources, sourcesBelow } from '../../../cases/linked-mesh.ts';
import { document, linked, mesh } from '../../ir/linked.ts';

function servicesOf(...documents: readonly string[]): readonly string[] {
  const version = gatewayApi.versions.at(-1) ?? '';
  return gatewayApi
    .lower(linked(mesh('access: allow'), ...documents), { version, options: {} })
    .flatMap(({ kind, name }) => (kind === 'Service' ? [name] : []))
    .sort();
}

const store = (port: string): string =>
  document('Service', 'store', [`ports: {${port}}`, 'versions: {v1: {}, v2: {}}']);
const split = document('Route', 'store', [
  'service: store',
  'rules: [{backends: [{version: v1, weight: 9}, {version: v2}]}]',
]);

test('versions that a route sends to are Services', () => {
  expect(servicesOf(store('http: {port: 80}'), split)).toEqual(['store-v1', 'store-v2']);
});

// A rule may name a version where the mesh has no route object for it.
test('each Service of a version is named by another object', () => {
  const folder = fileURLToPath(new URL('../../../../fixtures/cases/objects', import.meta.url));
  const version = gatewayApi.versions.at(-1) ?? '';
  const artifacts = gatewayApi.lower(linkedSources(sourcesBelow(folder)), { version, options: {} });
  const services = artifacts.filter(({ kind }) => kind === 'Service');
  const others = JSON.stringify(artifacts.filter(({ kind }) => kind !== 'Service'));
  expect(services.length).toBeGreaterThan(0);
  for (const { name } of services) expect(others).toContain(`"name":"${name}"`);
});
