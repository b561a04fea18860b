import { expect, test } from 'vitest';
import { object } from '../../../../src/core/targets/istio-objects/object.ts';

const named = { namespace: 'shop', name: 'a', from: 'Service/shop/a', origins: [] };

// `tsc` is the test: it fails if a line lacks its error or has another one.
test('a field that the CRD of its kind does not have is a type error, and so is a value of another type', () => {
  const objects = [
    object({ ...named, kind: 'VirtualService', spec: { hosts: ['a'], http: [{ timeout: '1s' }] } }),
    // @ts-expect-error: it is `hosts`
    object({ ...named, kind: 'VirtualService', spec: { host: ['a'] } }),
    // @ts-expect-error: it is `timeout`
    object({ ...named, kind: 'VirtualService', spec: { hosts: ['a'], http: [{ timout: '1s' }] } }),
    // @ts-expect-error: a duration is text
    object({ ...named, kind: 'VirtualService', spec: { hosts: ['a'], http: [{ timeout: 1 }] } }),
    // @ts-expect-error: one of the modes in capitals
    object({ ...named, kind: 'PeerAuthentication', spec: { mtls: { mode: 'strict' } } }),
    // @ts-expect-error: `host` is compulsory
    object({ ...named, kind: 'DestinationRule', spec: {} }),
    // @ts-expect-error: `hosts` is of another kind
    object({ ...named, kind: 'Sidecar', spec: { hosts: ['a'] } }),
  ];
  expect(objects).toHaveLength(7);
});
