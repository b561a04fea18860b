import { expect, test } from 'vitest';
import { importTexts } from '../../import/import-case.ts';

// GatewaySpec.addresses of the Gateway API: the addresses that are asked for, which a controller binds.
test('addresses of a waypoint are accounted for', async () => {
  const { ledger } = await importTexts('istio', {
    'waypoint.yaml': [
      'apiVersion: gateway.networking.k8s.io/v1',
      'kind: Gateway',
      'metadata: {name: waypoint, namespace: shop}',
      'spec:',
      '  gatewayClassName: istio-waypoint',
      '  addresses: [{type: Hostname, value: waypoint.shop.svc}]',
      '  listeners: [{name: mesh, port: 15008, protocol: HBONE}]',
      '',
    ].join('\n'),
  });
  expect(ledger.length).toBeGreaterThan(5);
  expect(ledger.filter(({ fate }) => fate.type === 'unaccounted')).toEqual([]);
});
