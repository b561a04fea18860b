import { describe, expect, test } from 'vitest';
import { ask } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('servers that are not who they should be, on real Envoys', () => {
  test('a proxy with the certificate of another service is not called', async () => {
    const other = 'spiffe://identity.example/ns/shop/sa/permissive';
    const mesh = await RunningMesh.start(caseOf('identity'), envoy ?? '', { 'shop-strict-default-0': other });
    try {
      const honest = await ask(mesh, { from: 'shop/web', to: 'shop/permissive' });
      expect(honest.answer.status).toBe(200);
      const impostor = await ask(mesh, { from: 'shop/web', to: 'shop/strict' });
      expect(impostor.answer.status).toBe(503);
      expect(impostor.arrivals).toEqual([]);
    } finally {
      await mesh.stop();
    }
  });

  test('a host outside whose certificate names another is not called', async () => {
    const mesh = await RunningMesh.start(caseOf('outside'), envoy ?? '');
    try {
      expect((await ask(mesh, { from: 'shop/web', to: 'shop/secure' })).answer.status).toBe(200);
      const impostor = await ask(mesh, { from: 'shop/web', to: 'shop/impostor' });
      expect(impostor.answer.status).toBe(503);
      expect(impostor.arrivals).toEqual([]);
    } finally {
      await mesh.stop();
    }
  });
});
