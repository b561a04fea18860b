import { expect, test } from 'vitest';
import { typed } from '../../../../src/core/targets/envoy/typed-config.ts';

// `tsc` is the test: it fails if a line lacks its error or has another one.
test('a message and a field that Envoy does not have are type errors', () => {
  const messages = [
    typed('envoy.config.cluster.v3.Cluster', { name: 'a', connect_timeout: '1s' }),
    // @ts-expect-error: it is `connect_timeout`
    typed('envoy.config.cluster.v3.Cluster', { name: 'a', conect_timeout: '1s' }),
    // @ts-expect-error: it is `Cluster`
    typed('envoy.config.cluster.v3.Clustr', { name: 'a' }),
  ];
  expect(messages.map((message) => Object.keys(message)[0])).toEqual(['@type', '@type', '@type']);
});
