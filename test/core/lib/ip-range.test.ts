import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isInRange, parseAddress, parseRange } from '../../../src/core/lib/ip-range.ts';

function holds(range: string, address: string): boolean | undefined {
  const [one, other] = [parseRange(range), parseAddress(address)];
  return one && other && isInRange(one, other);
}

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['192.0.2.7', '192.0.2.7', true],
  ['192.0.2.7', '192.0.2.8', false],
  ['0.0.0.0/0', '255.255.255.255', true],
  ['0.0.0.0/0', '::1', false],
  ['::/0', '10.0.0.1', false],
  ['2001:db8::/33', '2001:db8:7fff::1', true],
  ['2001:db8::/33', '2001:db8:8000::1', false],
  ['10.0.0.0/8', '::ffff:a00:1', true],
  ['10.0.0.0/8', '::fffe:a00:1', false],
])('%s holds %s: %s', (range, address, expected) => {
  expect(holds(range, address)).toBe(expected);
});

test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/08', '10.0.0.0/8/8', '::/129', 'x/8', '10.0/8'])(
  '%s is no range',
  (text) => {
    expect(parseRange(text)).toBeUndefined();
  },
);

test('the addresses are those that Node accepts, without dotted ends and zones', () => {
  const part = fc.constantFrom(
    '',
    ':',
    '::',
    '.',
    '0',
    '1',
    '01',
    '255',
    '256',
    'ffff',
    '10000',
    'g',
    '%',
    ' ',
  );
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.array(part, { maxLength: 18 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(address, (text) => {
      const known = isIPv4(text) || (isIPv6(text) && !/[.%]/.test(text));
      expect(parseAddress(text) !== undefined).toBe(known);
    }),
    { numRuns: 2000 },
  );
});
