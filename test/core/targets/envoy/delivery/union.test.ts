import { expect, test } from 'vitest';
import type { FileArtifact } from '../../../../../src/core/targets/artifact.ts';
import { union } from '../../../../../src/core/targets/envoy/delivery/union.ts';
import { origin } from '../../../semantics/mesh.ts';

function listener(name: string, host: string, port: number, path = 'lds.json'): FileArtifact {
  const address = { socket_address: { address: host, port_value: port } };
  return {
    type: 'file',
    kind: 'Listener',
    name,
    namespace: '',
    origins: [origin],
    path,
    resource: { name, address },
  };
}

// A socket on all addresses occupies the port on each of them (Linux, bind(2): EADDRINUSE).
test.each([
  ['the same address', '127.0.0.1', '127.0.0.1', false],
  ['all addresses in the first', '0.0.0.0', '127.0.0.1', false],
  ['all addresses in the second', '127.0.0.1', '0.0.0.0', false],
  ['all addresses of IPv6', '::', '127.0.0.1', false],
  ['another address', '127.0.0.1', '127.0.0.2', true],
])('listeners on one port and %s stand side by side only if no socket is taken', (_, one, other, both) => {
  const [first, second] = [listener('a', one, 80), listener('b', other, 80)];
  expect(union([first], [second])).toEqual(both ? [first, second] : [first]);
});

test('another port, or the file of another proxy, does not conflict', () => {
  const first = listener('a', '0.0.0.0', 80);
  const others = [listener('b', '0.0.0.0', 81), listener('c', '0.0.0.0', 80, 'other.json')];
  expect(union([first], others)).toEqual([first, ...others]);
});
