import { describe, expect, test } from 'vitest';
import { ask } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('servers with the wrong identity, on real Envoys', () => {
  test('a proxy with the certificate of another service is not called', async () => {
    const other = 'spiffe://identity.example/ns/shop/sa/permissive';
    const mesh = await RunningMesh.start(caseOf('identity'), envoy ?? '', {
      impostors: { 'shop-strict-default-0': other },
    });
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

  test('a host outside the mesh is not called if its certificate has another name', async () => {
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
